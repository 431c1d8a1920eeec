package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What the spec of an onboarding is resolved against.
 *
 * @param namespaceLabels the labels of its namespace
 * @param catalogs finds a catalog by name
 * @param claimedElsewhere the catalogs with whose verifiers the tenant is another onboarding's to verify
 */
public record Surroundings(
        Map<String, String> namespaceLabels,
        Function<String, Optional<ApplicationCatalog>> catalogs,
        Set<String> claimedElsewhere) {

    public Surroundings {
        claimedElsewhere = Set.copyOf(claimedElsewhere);
    }

    /** Those of an onboarding whose tenant no other claims. */
    public Surroundings(Map<String, String> namespaceLabels, Function<String, Optional<ApplicationCatalog>> catalogs) {
        this(namespaceLabels, catalogs, Set.of());
    }

    /** Others in which each catalog is looked for with this. */
    public Surroundings with(Function<String, Optional<ApplicationCatalog>> lookup) {
        return new Surroundings(namespaceLabels, lookup, claimedElsewhere);
    }
}
