package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.desired.SpecProblem;
import java.time.Instant;
import java.util.List;

/**
 * All that one check found.
 *
 * @param readAt when its reading began
 * @param problems what a person must edit
 * @param verifiers one for each licence that could be resolved
 * @param applications in the order of consent
 * @param former what the licences no longer bring, which counts for nothing
 * @param endpoints in the catalogs' order
 */
public record OnboardingVerdict(
        Instant readAt,
        List<SpecProblem> problems,
        List<VerifierVerdict> verifiers,
        List<ApplicationVerdict> applications,
        List<FormerVerdict> former,
        List<EndpointVerdict> endpoints) {

    public OnboardingVerdict {
        problems = List.copyOf(problems);
        verifiers = List.copyOf(verifiers);
        applications = List.copyOf(applications);
        former = List.copyOf(former);
        endpoints = List.copyOf(endpoints);
    }
}
