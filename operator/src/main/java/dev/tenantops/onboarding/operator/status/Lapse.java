package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import dev.tenantops.onboarding.operator.verdict.Deadlines;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a status says once something has ended that was known in advance: the catalogs, the spec and the clock tell it, so
 * nobody has to be asked, and ten thousand onboardings do not wait for their checks.
 */
public final class Lapse {

    private Lapse() {}

    /**
     * The status without what has ended; empty where that is not what makes it end, so that nothing is known.
     *
     * @param input with a verdict that read nothing
     */
    public static Optional<TenantOnboardingStatus> of(StatusInput input) {
        var previous = input.previous();
        if (input.suspended()
                || previous.observedGeneration() != input.generation()
                || !input.verdict().problems().isEmpty()
                || !input.previousIsFresh()) {
            return Optional.empty();
        }
        var licensed = new ApplicationStatuses(input).render();
        var findings = new EnumMap<OwnedCondition, Finding>(OwnedCondition.class);
        findings.put(OwnedCondition.ConsentGranted, ConsentFinding.of(input, licensed, List.of()));
        AttestationFinding.of(input, licensed).ifPresent(it -> findings.put(OwnedCondition.Attested, it));
        var ready = ReadyFinding.of(findings, List.of(), false, Optional.empty());
        if (ready.status() != Status.False) {
            return Optional.empty();
        }
        var conditions = new Conditions(previous.conditions(), input.generation(), input.now())
                .keep(OwnedCondition.VerifierAuthorized)
                .keep(OwnedCondition.NetworkReachable)
                .set(OwnedCondition.Ready, ready);
        findings.forEach(conditions::set);
        var next = ConsentFinding.needed(licensed).stream()
                .map(NextStep::of)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> AttestationFinding.nextStep(input, licensed))
                .orElse(null);
        return Optional.of(StatusLimits.fit(new TenantOnboardingStatus(
                new Handled(input.generation(), previous.lastHandledReconcileAt()),
                input.customer(),
                new Progress(ConsentFinding.counted(licensed), next),
                new Times(previous.lastVerified(), validUntil(input)),
                new Entries(
                        previous.verifiers(),
                        Stream.concat(licensed.stream(), others(previous, licensed))
                                .toList(),
                        previous.endpoints(),
                        previous.leftOut()),
                conditions.list())));
    }

    /** What the licences do not bring is as it was. */
    private static Stream<ApplicationStatus> others(TenantOnboardingStatus previous, List<ApplicationStatus> licensed) {
        return previous.applications().stream()
                .filter(it -> licensed.stream()
                        .noneMatch(other -> other.catalog().equals(it.catalog())
                                && other.name().equals(it.name())));
    }

    /** What was read of the tenant counts for as long as it would have. */
    private static String validUntil(StatusInput input) {
        return Timestamps.format(input.evidence()
                .readAt()
                .map(it -> Evidence.end(it, input.freshness()))
                .map(it -> Deadlines.end(input.verdict().applications(), input.judgedAt())
                        .filter(it::isAfter)
                        .orElse(it)));
    }
}
