package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Verifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What an onboarding needs of its tenant.
 *
 * @param catalogs the licences that could be resolved, in their order
 * @param unlicensed catalogs that no licence names, of which the tenant still has something
 * @param problems what could not be resolved, all of it
 * @param attestationMistakes why attestations do not count, whatever the time is
 */
public record DesiredOnboarding(
        List<DesiredCatalog> catalogs,
        List<DesiredCatalog> unlicensed,
        List<SpecProblem> problems,
        List<String> attestationMistakes) {

    public DesiredOnboarding {
        catalogs = List.copyOf(catalogs);
        unlicensed = List.copyOf(unlicensed);
        problems = List.copyOf(problems);
        attestationMistakes = List.copyOf(attestationMistakes);
    }

    /** One of a spec whose attestations are all about something. */
    public DesiredOnboarding(
            List<DesiredCatalog> catalogs, List<DesiredCatalog> unlicensed, List<SpecProblem> problems) {
        this(catalogs, unlicensed, problems, List.of());
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
     * @param former what the licences no longer bring
     * @param endpoints what the users of the licensed plans must reach
     */
    public record DesiredCatalog(
            String name,
            String publisher,
            CloudEndpoints cloud,
            Verifier verifier,
            Optional<String> redirectUri,
            List<DesiredApplication> applications,
            List<FormerApplication> former,
            List<DesiredEndpoint> endpoints) {

        DesiredCatalog with(List<DesiredApplication> applications) {
            return new DesiredCatalog(name, publisher, cloud, verifier, redirectUri, applications, former, endpoints);
        }

        DesiredCatalog withFormer(List<FormerApplication> applications) {
            return new DesiredCatalog(
                    name, publisher, cloud, verifier, redirectUri, this.applications, applications, endpoints);
        }

        /** The same, but of its applications only those with these client ids. */
        public DesiredCatalog only(Set<String> clientIds) {
            return new DesiredCatalog(
                    name,
                    publisher,
                    cloud,
                    verifier,
                    redirectUri,
                    applications.stream()
                            .filter(it ->
                                    it.clientId().filter(clientIds::contains).isPresent())
                            .toList(),
                    former.stream()
                            .filter(it -> clientIds.contains(it.clientId()))
                            .toList(),
                    endpoints);
        }

        /** The client ids to look for in the tenant, each once. */
        public List<String> clientIds() {
            return Stream.concat(
                            applications.stream()
                                    .filter(DesiredApplication::verifiable)
                                    .flatMap(it -> it.clientId().stream()),
                            former.stream().map(FormerApplication::clientId))
                    .distinct()
                    .toList();
        }

        /** The appIds of the resource APIs whose permissions its applications need. */
        public Set<String> resources() {
            var resources = new TreeSet<String>();
            applications.stream()
                    .filter(DesiredApplication::verifiable)
                    .flatMap(it -> it.permissions().stream())
                    .forEach(it -> resources.add(it.resourceAppId()));
            return resources;
        }
    }
}
