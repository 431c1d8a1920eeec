package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.time.Duration;

/**
 * How probes are made.
 *
 * @param trustAnchors whom to trust on any way
 * @param connectTimeout for one TCP connection to one address
 * @param deadline for a probe from the DNS look-up to the first frame
 * @param hold for how long a WebSocket is then held open without a word; zero for not at all
 * @param addresses which addresses may be dialled
 * @param routeSetting where proxies are declared
 */
public record ProbeSettings(
        TrustAnchors trustAnchors,
        Duration connectTimeout,
        Duration deadline,
        Duration hold,
        AddressPolicy addresses,
        RouteSetting routeSetting) {

    public ProbeSettings {
        if (!connectTimeout.isPositive() || !deadline.isPositive()) {
            throw new IllegalArgumentException("The probe's timeouts have to be positive");
        }
        if (hold.isNegative()) {
            throw new IllegalArgumentException("A WebSocket cannot be held open for " + hold);
        }
    }
}
