package dev.tenantops.onboarding.operator.tob;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.status.Evidence;
import dev.tenantops.onboarding.operator.status.NextStep;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why an onboarding is not ready, or that it is.
 *
 * @param ready True, False or Unknown, as it may be believed now
 * @param actor who acts next
 * @param nextStep what is to be done; null where nothing is
 * @param parts its verifiers, applications and endpoints
 */
record OnboardingExplanation(
        String namespace,
        String name,
        String tenantId,
        String tenantName,
        String ready,
        String reason,
        String since,
        String message,
        Actor actor,
        String nextStep,
        List<Part> parts) {

    /**
     * One thing that readiness waits for, or does not wait for any more.
     *
     * @param since null where the status does not tell
     * @param lacks the permissions that are not granted
     */
    record Part(
            Kind kind,
            String name,
            String title,
            String state,
            boolean open,
            Actor actor,
            String since,
            List<String> lacks,
            String nextStep) {}

    enum Kind {
        Verifier,
        Application,
        Prerequisite,
        Endpoint
    }

    boolean isReady() {
        return ready.equals(Condition.Status.True.name());
    }

    /** The same as the status says it, unless that has ended without the operator having said so. */
    static OnboardingExplanation of(TenantOnboarding onboarding, Instant now) {
        var status = onboarding.known();
        var metadata = onboarding.getMetadata();
        var condition = status.condition(ConditionType.READY);
        var judged = judged(onboarding, now);
        var parts = Stream.of(
                        status.verifiers().stream().map(it -> verifier(it, status)),
                        status.applications().stream().map(it -> application(it, status)),
                        status.applications().stream().flatMap(OnboardingExplanation::prerequisites),
                        status.endpoints().stream().map(OnboardingExplanation::endpoint))
                .flatMap(it -> it)
                .toList();
        return new OnboardingExplanation(
                metadata.getNamespace(),
                metadata.getName(),
                onboarding.getSpec().tenantId(),
                status.tenantName(),
                judged.ready(),
                judged.reason(),
                condition.map(Condition::lastTransitionTime).orElse(null),
                judged.message(),
                judged.actor().orElseGet(() -> actor(status, parts)),
                judged.nextStep(),
                parts);
    }

    /** What may be believed of the condition {@code Ready}. */
    private record Judged(String ready, String reason, String message, Optional<Actor> actor, String nextStep) {}

    private static Judged judged(TenantOnboarding onboarding, Instant now) {
        var status = onboarding.known();
        var condition = status.condition(ConditionType.READY);
        if (condition.isEmpty()) {
            return new Judged(
                    Condition.Status.Unknown.name(),
                    "NotChecked",
                    "No operator has looked at it so far.",
                    Optional.of(Actor.PlatformTeam),
                    "Look whether an operator runs, and whether its namespaces and selectors include this one.");
        }
        if (condition.get().status() == Condition.Status.True
                && Evidence.of(status).hasEnded(now)) {
            return new Judged(
                    Condition.Status.Unknown.name(),
                    "EvidenceEnded",
                    "The status says Ready, which may be believed until " + status.validUntil()
                            + " only, and no operator has said anything since.",
                    Optional.of(Actor.PlatformTeam),
                    "Look at the operator: it does not run, or does not reach the API server.");
        }
        var behind = onboarding.getMetadata().getGeneration() != null
                && status.observedGeneration() != onboarding.getMetadata().getGeneration();
        return new Judged(
                behind
                        ? Condition.Status.Unknown.name()
                        : condition.get().status().name(),
                condition.get().reason(),
                (behind ? "The spec has changed since: this speaks of the one before. " : "")
                        + condition.get().message(),
                behind ? Optional.of(Actor.Operator) : Optional.empty(),
                status.nextAction());
    }

    private static Actor actor(TenantOnboardingStatus status, List<Part> parts) {
        if (status.condition(ConditionType.STALLED).isPresent()
                || status.condition(ConditionType.READY)
                        .filter(it -> it.reason().equals("Suspended"))
                        .isPresent()) {
            return Actor.PlatformTeam;
        }
        var open = parts.stream().filter(Part::open).map(Part::actor).toList();
        return open.stream()
                .filter(it -> it != Actor.Operator)
                .findFirst()
                .or(() -> open.stream().findFirst())
                .orElse(
                        status.condition(ConditionType.READY)
                                        .filter(it -> it.status() == Condition.Status.True)
                                        .isPresent()
                                ? Actor.Nobody
                                : Actor.Operator);
    }

    private static Part verifier(VerifierStatus verifier, TenantOnboardingStatus status) {
        var authorized = verifier.state().equals("Authorized");
        return new Part(
                Kind.Verifier,
                verifier.catalog(),
                "the verifier of " + verifier.catalog(),
                verifier.state(),
                !authorized,
                Actor.ofVerifier(verifier.state()),
                status.condition(ConditionType.VERIFIER_AUTHORIZED)
                        .map(Condition::lastTransitionTime)
                        .orElse(null),
                List.of(),
                verifier.state().equals("VerifierConsentRequired")
                        ? "Ask a " + verifier.grantableBy() + " of the tenant to open " + verifier.consentUrl()
                                + " in a private window."
                        : null);
    }

    private static Part application(ApplicationStatus application, TenantOnboardingStatus status) {
        var actor = Actor.of(application.state());
        return new Part(
                Kind.Application,
                application.catalog() + "/" + application.name(),
                Optional.ofNullable(application.displayName()).orElse(application.name()),
                application.state().name(),
                actor != Actor.Nobody && !Boolean.TRUE.equals(application.optional()),
                actor,
                since(application, actor != Actor.Nobody, status),
                Stream.concat(application.missing().stream(), application.awaited().stream())
                        .map(Permission::toString)
                        .toList(),
                NextStep.of(application).orElse(null));
    }

    /** What was never granted is open since the condition says so. */
    private static String since(ApplicationStatus application, boolean open, TenantOnboardingStatus status) {
        if (!open) {
            return application.lastGrantedTime();
        }
        return Stream.of(application.firstMissingTime(), application.vanishedTime())
                .filter(it -> it != null)
                .findFirst()
                .orElseGet(() -> status.condition(ConditionType.CONSENT_GRANTED)
                        .filter(it -> it.status() != Condition.Status.True)
                        .map(Condition::lastTransitionTime)
                        .orElse(null));
    }

    private static Stream<Part> prerequisites(ApplicationStatus application) {
        return application.prerequisites().stream().map(it -> {
            var open = it.state() == PrerequisiteStatus.State.AttestationRequired;
            return new Part(
                    Kind.Prerequisite,
                    application.catalog() + "/" + application.name() + "/" + it.name(),
                    it.name() + " of "
                            + Optional.ofNullable(application.displayName()).orElse(application.name()),
                    it.state().name(),
                    open,
                    open ? Actor.PlatformTeam : Actor.Nobody,
                    null,
                    List.of(),
                    open ? "Attest it in spec.attestations once it is met." : null);
        });
    }

    private static Part endpoint(EndpointStatus endpoint) {
        var actor = Actor.ofEndpoint(endpoint.state());
        return new Part(
                Kind.Endpoint,
                endpoint.name(),
                endpoint.name(),
                endpoint.state(),
                actor != Actor.Nobody,
                actor,
                endpoint.since(),
                List.of(),
                endpoint.nextStep());
    }
}
