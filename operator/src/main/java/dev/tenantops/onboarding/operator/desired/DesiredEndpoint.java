package dev.tenantops.onboarding.operator.desired;

import java.net.URI;
import java.util.Optional;

/**
 * Something that users must reach.
 *
 * @param name the catalog and the endpoint's name in it, as {@code catalog/name}
 * @param url as a firewall rule names it
 * @param probe what to dial; empty for a wildcard without a probe URL, which nothing can be said about, and where
 *     there is a mistake
 * @param mistake what in the catalog keeps it from being dialled
 */
public record DesiredEndpoint(String name, String url, Optional<URI> probe, Optional<String> mistake) {

    /** An endpoint without a mistake. */
    public DesiredEndpoint(String name, String url, Optional<URI> probe) {
        this(name, url, probe, Optional.empty());
    }
}
