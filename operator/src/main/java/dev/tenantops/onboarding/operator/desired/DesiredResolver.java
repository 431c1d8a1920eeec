package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ForeignValue;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.SpecProblem.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Resolves a spec against the catalogs. A mistake in one licence never keeps another from being served. */
public final class DesiredResolver {

    private final Clouds clouds;

    public DesiredResolver(Clouds clouds) {
        this.clouds = clouds;
    }

    /**
     * Resolves a spec.
     *
     * @param namespace the onboarding's namespace
     * @param seen what earlier checks saw in the tenant
     */
    public DesiredOnboarding resolve(
            TenantOnboardingSpec spec, String namespace, Surroundings surroundings, List<SeenApplication> seen) {
        var attestations = new Attestations(spec.attestations());
        var resolved = new ArrayList<DesiredCatalog>();
        var problems = new ArrayList<SpecProblem>();
        spec.foreign().stream()
                .map(it -> new SpecProblem(Reason.InvalidSpec, licensed(spec, it), CatalogMistakes.told(it)))
                .forEach(problems::add);
        for (License license : spec.licenses()) {
            var found = surroundings.catalogs().apply(license.catalog());
            var catalog = found.map(ApplicationCatalog::getSpec);
            if (catalog.isEmpty()) {
                problems.add(SpecProblem.unresolved(
                        Reason.UnknownCatalog,
                        license.catalog(),
                        "There is no ApplicationCatalog " + license.catalog()
                                + ". Apply it, or correct spec.licenses; kubectl get applicationcatalogs lists those"
                                + " that exist."));
                continue;
            }
            var unusable = CatalogMistakes.unusable(catalog.get());
            if (unusable.isPresent()) {
                problems.add(SpecProblem.unresolved(
                        Reason.InvalidSpec,
                        license.catalog(),
                        "The catalog " + license.catalog() + ": " + unusable.get()));
                continue;
            }
            if (!allows(catalog.get(), surroundings)) {
                problems.add(SpecProblem.unresolved(
                        Reason.NamespaceNotAllowed,
                        license.catalog(),
                        "The catalog " + license.catalog() + " does not allow the namespace " + namespace
                                + ". Give the namespace the labels that spec.allowedNamespaces of the catalog asks for,"
                                + " or have the catalog's owner allow it."));
                continue;
            }
            if (surroundings.claimedElsewhere().contains(license.catalog())) {
                problems.add(claimedElsewhere(license));
                continue;
            }
            cloud(license, catalog.get(), resolved, problems)
                    .map(it -> new CatalogDemand(catalog.get(), license).resolve(it, problems))
                    .map(it -> WithdrawnRegistrations.of(found.get()).in(it, spec.tenantId()))
                    .ifPresent(resolved::add);
        }
        var former = new FormerApplications(certain(seen, problems), resolved);
        return new DesiredOnboarding(
                attestations.put(resolved.stream()
                        .map(it -> it.withFormer(former.of(it)))
                        .toList()),
                unlicensed(spec, surroundings, resolved, former),
                problems,
                attestations.mistakes(resolved, problems));
    }

    /** The catalog of the licence that a value belongs to. */
    private static Optional<String> licensed(TenantOnboardingSpec spec, ForeignValue value) {
        return IntStream.range(0, spec.licenses().size())
                .filter(it -> value.within("/licenses/" + it))
                .mapToObj(it -> spec.licenses().get(it).catalog())
                .findFirst();
    }

    /** What a licence brought of which it is not known now what it brings may be licensed still. */
    private static List<SeenApplication> certain(List<SeenApplication> seen, List<SpecProblem> problems) {
        return seen.stream()
                .filter(it -> !it.licensed()
                        || problems.stream()
                                .noneMatch(problem -> problem.unresolved()
                                        .filter(it.catalog()::equals)
                                        .isPresent()))
                .toList();
    }

    /** What a licence that is gone altogether has left in the tenant is read with its catalog's verifier still. */
    private List<DesiredCatalog> unlicensed(
            TenantOnboardingSpec spec,
            Surroundings surroundings,
            List<DesiredCatalog> resolved,
            FormerApplications former) {
        return former.catalogs().stream()
                .filter(name ->
                        spec.licenses().stream().noneMatch(it -> it.catalog().equals(name)))
                .filter(name -> !surroundings.claimedElsewhere().contains(name))
                .flatMap(name -> surroundings
                        .catalogs()
                        .apply(name)
                        .map(ApplicationCatalog::getSpec)
                        .filter(it -> CatalogMistakes.unusable(it).isEmpty())
                        .filter(it -> allows(it, surroundings))
                        .flatMap(catalog -> clouds.endpoints(CloudName.of(catalog))
                                .filter(it -> sameCloud(resolved, it))
                                .map(it -> nothingOf(name, catalog, it))
                                .map(it -> it.withFormer(former.of(it))))
                        .stream())
                .filter(it -> !it.former().isEmpty())
                .toList();
    }

    private static DesiredCatalog nothingOf(String name, ApplicationCatalogSpec catalog, CloudEndpoints cloud) {
        return new DesiredCatalog(
                name,
                catalog.publisher(),
                cloud,
                catalog.verifier(),
                Optional.ofNullable(catalog.redirectUri()),
                List.of(),
                List.of(),
                List.of());
    }

    private Optional<CloudEndpoints> cloud(
            License license,
            ApplicationCatalogSpec catalog,
            List<DesiredCatalog> resolved,
            List<SpecProblem> problems) {
        var name = CloudName.of(catalog);
        var endpoints = clouds.endpoints(name);
        if (endpoints.isEmpty()) {
            problems.add(SpecProblem.unresolved(
                    Reason.InvalidReference,
                    license.catalog(),
                    "The catalog " + license.catalog() + ": " + name.unknown(clouds.custom())));
            return Optional.empty();
        }
        if (!sameCloud(resolved, endpoints.get())) {
            problems.add(SpecProblem.unresolved(
                    Reason.CloudMismatch,
                    license.catalog(),
                    "The catalog " + license.catalog() + " is for the cloud " + name + " and "
                            + resolved.getFirst().name() + " for another. A tenant lives in one cloud: license catalogs"
                            + " of that cloud only."));
            return Optional.empty();
        }
        return endpoints;
    }

    /** Two names of a configuration may mean the same. */
    private static boolean sameCloud(List<DesiredCatalog> resolved, CloudEndpoints cloud) {
        return resolved.isEmpty() || resolved.getFirst().cloud().equals(cloud);
    }

    private static boolean allows(ApplicationCatalogSpec catalog, Surroundings surroundings) {
        return NamespacePermission.of(catalog.allowedNamespaces(), Optional.of(surroundings.namespaceLabels()))
                == NamespacePermission.Allowed;
    }

    /** Whose it is, and what it found, is none of this one's readers' business. */
    private static SpecProblem claimedElsewhere(License license) {
        return SpecProblem.unresolved(
                Reason.TenantClaimedElsewhere,
                license.catalog(),
                "With the verifier of the catalog " + license.catalog()
                        + " this tenant is verified for one TenantOnboarding, the oldest that names it, and that is"
                        + " another one. So this one reads and shows nothing of the tenant. Delete it if it is one too"
                        + " many. If the tenant belongs here, have the platform team delete the other one: this one is"
                        + " checked at once then.");
    }
}
