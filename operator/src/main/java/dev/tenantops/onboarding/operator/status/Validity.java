package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.ApplicationStatus;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import dev.tenantops.onboarding.operator.verdict.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Until when a status may be believed. */
final class Validity {

    private Validity() {}

    /**
     * The end of the evidence that {@code Ready} rests on. A check moves it that read anew what {@code Ready} says; one
     * that could not leaves it where it is, also in the past.
     */
    static String until(StatusInput input, Conditions conditions, List<ApplicationStatus> applications) {
        if (input.suspended()) {
            return null;
        }
        return readAnew(input, conditions, applications)
                ? Timestamps.format(oldest(input.verdict()).plus(input.freshness()))
                : Timestamps.parse(input.previous().validUntil())
                        .filter(it -> new Past(input.now()).holds(it.minus(input.freshness())))
                        .map(Timestamps::format)
                        .orElse(null);
    }

    /** Whether the times of the previous status need not be moved yet to those of an otherwise equal one. */
    static boolean lastsFor(TenantOnboardingStatus status, StatusInput input) {
        var half = input.freshness().dividedBy(2);
        var previous = input.previous();
        return (Objects.equals(previous.validUntil(), status.validUntil())
                        || Timestamps.parse(previous.validUntil())
                                .map(it -> Duration.between(input.now(), it))
                                .filter(it -> it.compareTo(half) > 0 && it.compareTo(input.freshness()) <= 0)
                                .isPresent())
                && (Objects.equals(previous.lastVerified(), status.lastVerified())
                        || input.lastVerified()
                                .filter(it -> Duration.between(it, input.now()).compareTo(half) < 0)
                                .isPresent());
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
        return !verdict.applications().isEmpty()
                && verdict.applications().stream().noneMatch(Unread.class::isInstance)
                && verdict.endpoints().stream().noneMatch(EndpointVerdict.Pending.class::isInstance);
    }

    /** One thing that this check found wrong is enough to know that an onboarding is not ready. */
    private static boolean refuted(StatusInput input, Conditions conditions, List<ApplicationStatus> applications) {
        return !input.verdict().problems().isEmpty()
                || conditions.has(ConditionType.VERIFIER_AUTHORIZED, Status.False)
                || conditions.has(ConditionType.NETWORK_REACHABLE, Status.False)
                || ConsentFinding.needed(applications).stream()
                        .filter(it ->
                                it.state() != ApplicationState.Granted && it.state() != ApplicationState.Propagating)
                        .anyMatch(it -> proven(input.verdict().applications(), it));
    }

    private static boolean proven(List<ApplicationVerdict> verdicts, ApplicationStatus application) {
        return verdicts.stream()
                .filter(Proven.class::isInstance)
                .map(ApplicationVerdict::application)
                .anyMatch(it ->
                        it.catalog().equals(application.catalog()) && it.name().equals(application.name()));
    }
}
