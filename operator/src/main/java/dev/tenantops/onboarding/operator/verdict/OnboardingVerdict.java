package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.SpecProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * All that one check found.
 *
 * @param readAt when its reading began
 * @param problems what a person must edit
 * @param verifiers one for each licence that could be resolved
 * @param applications in the order of consent
 * @param former what the licences no longer bring, which counts for nothing
 * @param endpoints in the catalogs' order
 * @param attestationMistakes why attestations do not count, whatever the time is
 */
public record OnboardingVerdict(
        Instant readAt,
        List<SpecProblem> problems,
        List<VerifierVerdict> verifiers,
        List<ApplicationVerdict> applications,
        List<FormerVerdict> former,
        List<EndpointVerdict> endpoints,
        List<String> attestationMistakes) {

    public OnboardingVerdict {
        problems = List.copyOf(problems);
        verifiers = List.copyOf(verifiers);
        applications = List.copyOf(applications);
        former = List.copyOf(former);
        endpoints = List.copyOf(endpoints);
        attestationMistakes = List.copyOf(attestationMistakes);
    }

    /** One of a spec whose attestations are all about something. */
    public OnboardingVerdict(
            Instant readAt,
            List<SpecProblem> problems,
            List<VerifierVerdict> verifiers,
            List<ApplicationVerdict> applications,
            List<FormerVerdict> former,
            List<EndpointVerdict> endpoints) {
        this(readAt, problems, verifiers, applications, former, endpoints, List.of());
    }

    /**
     * What was found of the catalogs together. Of one that no licence names only what it left behind is told.
     *
     * @param judged the verdict on a catalog
     */
    public static OnboardingVerdict of(
            Instant readAt,
            DesiredOnboarding desired,
            Function<DesiredCatalog, CatalogVerdict> judged,
            List<EndpointVerdict> endpoints) {
        var licensed = desired.catalogs().stream().map(judged).toList();
        var former = new ArrayList<FormerVerdict>();
        licensed.forEach(it -> former.addAll(it.former()));
        desired.unlicensed().forEach(it -> former.addAll(judged.apply(it).former()));
        return new OnboardingVerdict(
                readAt,
                desired.problems(),
                licensed.stream().map(CatalogVerdict::verifier).toList(),
                licensed.stream().flatMap(it -> it.applications().stream()).toList(),
                former,
                endpoints,
                desired.attestationMistakes());
    }
}
