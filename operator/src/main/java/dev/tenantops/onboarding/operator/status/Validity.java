package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import dev.tenantops.onboarding.operator.verdict.Deadlines;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Until when a status may be believed. */
final class Validity {

    private Validity() {}

    /**
     * What the status rests on after a check. Its end is moved by a check that read anew what {@code Ready} says; one that
     * could not leaves it where it is, also in the past.
     */
    static Evidence after(StatusInput input, Conditions conditions, List<ApplicationStatus> applications) {
        return new Evidence(readAt(input, applications), until(input, conditions, applications));
    }

    private static Optional<Instant> readAt(StatusInput input, List<ApplicationStatus> applications) {
        if (readAll(input)) {
            return Optional.of(input.verdict().readAt());
        }
        var hidden =
                input.verdict().problems().stream().anyMatch(it -> it.reason().hidesTheTenant());
        return hidden && applications.isEmpty()
                ? Optional.empty()
                : input.evidence().readBefore(input.now());
    }

    private static Optional<Instant> until(
            StatusInput input, Conditions conditions, List<ApplicationStatus> applications) {
        if (input.suspended()) {
            return Optional.empty();
        }
        var end = readAnew(input, conditions, applications)
                ? Optional.of(Evidence.end(oldest(input.verdict()), input.freshness()))
                : input.evidence().keptEnd(input.now(), input.freshness());
        return end.map(it -> Deadlines.end(input.verdict().applications(), input.judgedAt())
                .filter(it::isAfter)
                .orElse(it));
    }

    /** Whether the times of the previous status need not be moved yet to those of an otherwise equal one. */
    static boolean lastsFor(TenantOnboardingStatus status, StatusInput input) {
        var previous = input.previous();
        var evidence = input.evidence();
        return (Objects.equals(previous.validUntil(), status.validUntil())
                        || evidence.endStands(input.now(), input.freshness()))
                && (Objects.equals(previous.lastVerified(), status.lastVerified())
                        || evidence.readingStands(input.now(), input.freshness()));
    }

    /** Endpoints are probed beside the checks, so what is known of them is older than what the check read. */
    private static Instant oldest(OnboardingVerdict verdict) {
        return verdict.endpoints().stream()
                .flatMap(it -> it.readAt().stream())
                .filter(it -> it.isBefore(verdict.readAt()))
                .min(Comparator.naturalOrder())
                .orElse(verdict.readAt());
    }

    private static boolean readAnew(StatusInput input, Conditions conditions, List<ApplicationStatus> applications) {
        var verdict = input.verdict();
        if (conditions.has(ConditionType.READY, Status.False) && refuted(input, conditions, applications)) {
            return true;
        }
        return readAll(input) && verdict.endpoints().stream().noneMatch(EndpointVerdict.Pending.class::isInstance);
    }

    /** Whether the check read all that the status shows of the tenant. */
    private static boolean readAll(StatusInput input) {
        var applications = input.verdict().applications();
        return !input.suspended()
                && !applications.isEmpty()
                && applications.stream().noneMatch(Unread.class::isInstance);
    }

    /** One thing that this check found wrong is enough to know that an onboarding is not ready. */
    private static boolean refuted(StatusInput input, Conditions conditions, List<ApplicationStatus> applications) {
        return !input.verdict().problems().isEmpty()
                || conditions.has(ConditionType.VERIFIER_AUTHORIZED, Status.False)
                || conditions.has(ConditionType.NETWORK_REACHABLE, Status.False)
                || AttestationFinding.nextStep(input, applications).isPresent()
                || ConsentFinding.needed(applications).stream()
                        .filter(it ->
                                !ConsentFinding.isClosed(it.state()) && it.state() != ApplicationState.Propagating)
                        .anyMatch(it -> it.state() == ApplicationState.PermissionRetired
                                || proven(input.verdict().applications(), it));
    }

    private static boolean proven(List<ApplicationVerdict> verdicts, ApplicationStatus application) {
        return verdicts.stream()
                .filter(Proven.class::isInstance)
                .map(ApplicationVerdict::application)
                .anyMatch(it ->
                        it.catalog().equals(application.catalog()) && it.name().equals(application.name()));
    }
}
