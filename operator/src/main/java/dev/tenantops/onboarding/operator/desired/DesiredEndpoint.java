package dev.tenantops.onboarding.operator.desired;

import java.net.URI;
import java.util.Optional;

/**
 * Something that users must reach.
 *
 * @param name the catalog and the endpoint's name in it, as {@code catalog/name}
 * @param url as a firewall rule names it
 * @param probe what to dial; empty for a wildcard without a probe URL, which nothing can be said about
 */
public record DesiredEndpoint(String name, String url, Optional<URI> probe) {}
