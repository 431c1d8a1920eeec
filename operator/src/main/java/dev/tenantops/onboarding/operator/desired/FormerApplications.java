package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells what the licences no longer bring from what earlier checks saw in the tenant. */
final class FormerApplications {

    private final List<SeenApplication> seen;
    private final Set<String> needed;

    /** @param licensed everything that the licences bring; what is needed under another name is no surplus */
    FormerApplications(List<SeenApplication> seen, List<DesiredCatalog> licensed) {
        this.seen = seen;
        this.needed = licensed.stream()
                .flatMap(catalog -> Stream.concat(
                        Stream.of(catalog.verifier().clientId().toLowerCase(Locale.ROOT)),
                        catalog.applications().stream().flatMap(it -> it.clientId().stream())))
                .collect(Collectors.toSet());
    }

    /** The catalogs that may have brought something, each once. */
    List<String> catalogs() {
        return seen.stream().map(SeenApplication::catalog).distinct().toList();
    }

    /** What a catalog no longer brings, whether it still lists it or not. */
    List<FormerApplication> of(DesiredCatalog catalog) {
        return seen.stream()
                .filter(it -> it.catalog().equals(catalog.name()))
                .filter(it -> catalog.applications().stream()
                        .noneMatch(licensed -> licensed.name().equals(it.name())))
                .filter(it -> !needed.contains(it.clientId()))
                .map(it -> new FormerApplication(it.catalog(), it.name(), it.displayName(), it.clientId()))
                .toList();
    }
}
