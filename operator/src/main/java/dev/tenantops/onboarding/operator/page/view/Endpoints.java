package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.page.view.PageView.Endpoint;
import dev.tenantops.onboarding.operator.page.view.PageView.Network;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the users of the licensed plans must reach. */
record Endpoints(
        TenantOnboardingSpec spec,
        TenantOnboardingStatus status,
        Map<String, ApplicationCatalog> catalogs,
        Evidence evidence) {

    private static final Pattern URL = Pattern.compile("(https|wss)://([^/:?#]+)(?::([0-9]{1,5}))?(?:[/?#].*)?");
    private static final int TLS = 443;

    Network network() {
        return new Network(
                spec.licenses().stream()
                        .map(License::catalog)
                        .distinct()
                        .flatMap(this::of)
                        .toList(),
                Optional.ofNullable(spec.network())
                        .flatMap(it -> Optional.ofNullable(it.proxy()))
                        .flatMap(it -> Links.text(it.url())));
    }

    private Stream<Endpoint> of(String catalog) {
        return Optional.ofNullable(catalogs.get(catalog)).stream()
                .flatMap(it -> it.getSpec().endpoints().stream())
                .filter(it -> it.plans().isEmpty() || it.plans().stream().anyMatch(plan -> licensed(catalog, plan)))
                .flatMap(it -> endpoint(catalog, it).stream());
    }

    private boolean licensed(String catalog, String plan) {
        return spec.licenses().stream()
                .anyMatch(it -> it.catalog().equals(catalog) && it.plans().contains(plan));
    }

    /** Empty for a URL that the definition of catalogs does not let through. */
    private Optional<Endpoint> endpoint(String catalog, ApplicationCatalogSpec.Endpoint declared) {
        var url = URL.matcher(declared.url());
        if (!url.matches()) {
            return Optional.empty();
        }
        var key = catalog + "/" + declared.name();
        var known =
                status.endpoints().stream().filter(it -> it.name().equals(key)).findFirst();
        var state = EndpointState.of(known.map(EndpointStatus::state).orElse(null), evidence.fresh());
        // What only others can mend is told by names that are theirs alone, such as those of Secrets.
        var said = known.filter(_ -> state.actor() == Actor.Customer);
        return Optional.of(new Endpoint(
                key,
                Links.anchor("endpoint", key),
                state,
                declared.url(),
                url.group(2),
                url.group(3) == null ? TLS : Integer.parseInt(url.group(3)),
                url.group(1).equals("wss") ? Protocol.WebSocket : Protocol.Https,
                known.flatMap(it -> Evidence.time(it.since())),
                known.flatMap(it -> Links.text(it.tried())),
                known.flatMap(it -> Links.text(it.proxy())),
                said.flatMap(it -> Links.text(it.message())),
                said.flatMap(it -> Links.text(it.nextStep()))));
    }
}
