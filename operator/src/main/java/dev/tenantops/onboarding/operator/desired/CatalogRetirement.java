package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.Permission;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The end of a permission that one of a catalog's applications needs.
 *
 * @param application its name in the catalog
 * @param permission what it needs; of a larger one that does in its place nothing is told here
 */
public record CatalogRetirement(String application, Permission permission, Retirement retirement) {

    /** Tells it from the others of its catalog. */
    public String key() {
        return application + " " + permission;
    }

    /** All that a catalog tells of, the earliest first. */
    public static List<CatalogRetirement> of(ApplicationCatalogSpec spec) {
        return spec.applications().stream()
                .flatMap(CatalogRetirement::of)
                .sorted(Comparator.comparing(
                                (CatalogRetirement it) -> it.retirement().date())
                        .thenComparing(CatalogRetirement::application)
                        .thenComparing(CatalogRetirement::permission))
                .toList();
    }

    private static Stream<CatalogRetirement> of(Application application) {
        return application.permissions().stream()
                        .allMatch(it -> it.retirements().isEmpty())
                ? Stream.empty()
                : CatalogDemand.permissions(application).stream()
                        .filter(it -> it.required() && it.verifiable())
                        .flatMap(it -> it
                                .retirementOf(it.permission().value())
                                .map(end -> new CatalogRetirement(application.name(), it.permission(), end))
                                .stream());
    }
}
