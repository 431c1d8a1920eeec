package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an onboarding needs of its tenant.
 *
 * @param catalogs the licences that could be resolved, in their order
 * @param problems what could not, all of it
 */
public record DesiredOnboarding(List<DesiredCatalog> catalogs, List<SpecProblem> problems) {

    public DesiredOnboarding {
        catalogs = List.copyOf(catalogs);
        problems = List.copyOf(problems);
    }

    /** The needed applications of every catalog, in the order of consent. */
    public List<DesiredApplication> applications() {
        return catalogs.stream().flatMap(it -> it.applications().stream()).toList();
    }

    /**
     * What one licence brings.
     *
     * @param name the catalog's name
     * @param publisher for people
     * @param cloud where its tenants live
     * @param verifier who reads grants for it
     * @param redirectUri the reply URL that its applications have registered, where it names one
     * @param applications in the order of consent
     * @param endpoints what the users of the licensed plans must reach
     */
    public record DesiredCatalog(
            String name,
            String publisher,
            CloudEndpoints cloud,
            Verifier verifier,
            Optional<String> redirectUri,
            List<DesiredApplication> applications,
            List<DesiredEndpoint> endpoints) {

        /** The appIds of the resource APIs whose permissions its applications need. */
        public Set<String> resources() {
            var resources = new TreeSet<String>();
            applications.forEach(application ->
                    application.permissions().forEach(permission -> resources.add(permission.resourceAppId())));
            return resources;
        }
    }
}
