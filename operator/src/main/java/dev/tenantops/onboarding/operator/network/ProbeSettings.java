package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.time.Duration;
import java.util.List;

/**
 * How probes are made.
 *
 * @param trustAnchors whom to trust on any way
 * @param connectTimeout for one TCP connection to one address
 * @param deadline for a probe from the DNS look-up to the first frame
 * @param hold for how long a WebSocket is then held open without a word; zero for not at all
 * @param allowedRanges CIDR ranges, such as {@code 10.20.0.0/16}, that may be dialled although they are private,
 *     loopback or otherwise special
 * @param routeSetting where proxies are declared
 */
public record ProbeSettings(
        TrustAnchors trustAnchors,
        Duration connectTimeout,
        Duration deadline,
        Duration hold,
        List<String> allowedRanges,
        RouteSetting routeSetting) {

    /** All addresses there are, for ways that only the operator's own configuration names. */
    public static final List<String> ANY_ADDRESS = List.of("0.0.0.0/0", "::/0");

    public ProbeSettings {
        if (!connectTimeout.isPositive() || !deadline.isPositive()) {
            throw new IllegalArgumentException("The probe's timeouts have to be positive");
        }
        if (hold.isNegative()) {
            throw new IllegalArgumentException("A WebSocket cannot be held open for " + hold);
        }
        allowedRanges = List.copyOf(allowedRanges);
    }
}
