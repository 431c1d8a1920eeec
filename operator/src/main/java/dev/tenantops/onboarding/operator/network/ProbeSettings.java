package dev.tenantops.onboarding.operator.network;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How probes are made.
 *
 * @param trustAnchors a PEM file with certificates that are trusted beside those of the JDK
 * @param connectTimeout for one TCP connection to one address
 * @param deadline for a whole probe, from the DNS look-up to the last handshake
 * @param allowedRanges CIDR ranges, such as {@code 10.20.0.0/16}, that may be dialled although they are private,
 *     loopback or otherwise special
 */
public record ProbeSettings(
        Optional<Path> trustAnchors, Duration connectTimeout, Duration deadline, List<String> allowedRanges) {

    public ProbeSettings {
        if (!connectTimeout.isPositive() || !deadline.isPositive()) {
            throw new IllegalArgumentException("The probe's timeouts have to be positive");
        }
        allowedRanges = List.copyOf(allowedRanges);
    }
}
