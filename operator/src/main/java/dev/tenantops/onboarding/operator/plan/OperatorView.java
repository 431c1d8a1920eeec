package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.consent.ConsentLinks;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.CloudName;
import dev.tenantops.onboarding.operator.desired.Clouds;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the operator's configuration says, as far as its links show it: nobody but the operator reads the configuration.
 *
 * @param callback where consent returns to if a catalog names no reply URL; empty while no link shows it, and within
 *     empty where links show that there is none
 * @param shown the endpoints of the clouds that only the configuration knows
 */
record OperatorView(Optional<Optional<URI>> callback, Map<CloudName, CloudEndpoints> shown) implements Clouds {

    /** Stands in where no link shows an endpoint; no link that is made of it is ever shown. */
    private static final URI NOWHERE = URI.create("https://unknown.invalid");

    private static final String DEFAULT_SCOPE = "/.default";

    static OperatorView of(Snapshot snapshot) {
        var catalogs = snapshot.catalogs().stream()
                .collect(Collectors.toMap(
                        it -> it.getMetadata().getName(), ApplicationCatalog::getSpec, (first, _) -> first));
        var custom = new HashMap<CloudName, CloudEndpoints>();
        Optional<Optional<URI>> callback = Optional.empty();
        for (TenantOnboarding onboarding : snapshot.onboardings()) {
            for (VerifierStatus verifier : onboarding.known().verifiers()) {
                var catalog = catalogs.get(verifier.catalog());
                var link = uri(verifier.consentUrl());
                if (catalog == null || link.isEmpty()) {
                    continue;
                }
                var parameters = parameters(link.get());
                if (catalog.redirectUri() == null && callback.isEmpty()) {
                    callback = Optional.of(
                            Optional.ofNullable(parameters.get("redirect_uri")).flatMap(OperatorView::uri));
                }
                if (catalog.cloud() == Cloud.Custom) {
                    graph(parameters)
                            .ifPresent(graph -> custom.putIfAbsent(
                                    CloudName.of(catalog),
                                    new CloudEndpoints(Cloud.Custom, link.get().resolve("/"), graph)));
                }
            }
        }
        custom.replaceAll((_, it) -> new CloudEndpoints(it.cloud(), withoutSlash(it.login()), it.graph()));
        return new OperatorView(callback, Map.copyOf(custom));
    }

    /** Whether the links of a catalog can be told. */
    boolean showsLinks(ApplicationCatalogSpec catalog) {
        return (catalog.redirectUri() != null || callback.isPresent())
                && (catalog.cloud() != Cloud.Custom || shown.containsKey(CloudName.of(catalog)));
    }

    ConsentLinks links() {
        return new ConsentLinks(callback.flatMap(Function.identity()));
    }

    @Override
    public Optional<CloudEndpoints> endpoints(CloudName name) {
        return name.custom().isEmpty()
                ? CloudEndpoints.of(name.cloud())
                : Optional.of(shown.getOrDefault(name, new CloudEndpoints(Cloud.Custom, NOWHERE, NOWHERE)));
    }

    private static Optional<URI> graph(Map<String, String> parameters) {
        return Optional.ofNullable(parameters.get("scope"))
                .filter(it -> it.endsWith(DEFAULT_SCOPE))
                .flatMap(it -> uri(it.substring(0, it.length() - DEFAULT_SCOPE.length())));
    }

    private static URI withoutSlash(URI uri) {
        return URI.create(uri.toString().replaceAll("/$", ""));
    }

    private static Map<String, String> parameters(URI link) {
        return Arrays.stream(Optional.ofNullable(link.getRawQuery()).orElse("").split("&"))
                .map(it -> it.split("=", 2))
                .filter(it -> it.length == 2)
                .collect(Collectors.toMap(
                        it -> it[0], it -> URLDecoder.decode(it[1], StandardCharsets.UTF_8), (first, _) -> first));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.ofNullable(text).map(URI::create);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
