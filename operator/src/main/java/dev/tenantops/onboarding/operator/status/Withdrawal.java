package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.operator.status.ConditionReason.Open;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Takes back what a status claims, knowing nothing but the status and the time. What the next verdict must remember stays.
 */
public final class Withdrawal {

    private static final Set<String> CLAIMS = Stream.of(OwnedCondition.values())
            .filter(OwnedCondition::claims)
            .map(OwnedCondition::type)
            .collect(Collectors.toUnmodifiableSet());

    private Withdrawal() {}

    /** The status as it may be believed at a time: the same, or one that claims nothing where its evidence has ended. */
    public static TenantOnboardingStatus asOf(TenantOnboardingStatus status, Instant now) {
        return isOver(status, now) ? ended(status, now) : status;
    }

    /** Whether a status claims something, good or bad, whose evidence has ended. */
    public static boolean isOver(TenantOnboardingStatus status, Instant now) {
        if (!claims(status)) {
            return false;
        }
        var evidence = Evidence.of(status);
        return evidence.hasEnded(now) || evidence.liesAhead(now);
    }

    /** Asked of every onboarding each second, which a stream takes several times as long for. */
    private static boolean claims(TenantOnboardingStatus status) {
        for (Condition it : status.conditions()) {
            if (it.status() != Status.Unknown && CLAIMS.contains(it.type())) {
                return true;
            }
        }
        return false;
    }

    /**
     * What an onboarding's status is when its check failed, for a reason that is the operator's.
     *
     * @param generation the generation of the spec that was to be judged
     * @param requestedAt the value of the annotation that asked for the check
     * @param problem what went wrong, without anything that a stranger wrote
     */
    public static TenantOnboardingStatus failed(
            TenantOnboardingStatus status, long generation, Optional<String> requestedAt, String problem, Instant now) {
        return withdrawn(
                status,
                generation,
                requestedAt.orElse(status.lastHandledReconcileAt()),
                Summary.CheckFailed,
                "The check of this onboarding failed: " + problem
                        + ". Nothing is known until one succeeds; the next comes"
                        + " within the interval. That is a fault of the operator: its log has the details. Report them.",
                now);
    }

    private static TenantOnboardingStatus ended(TenantOnboardingStatus status, Instant now) {
        return withdrawn(
                status,
                status.observedGeneration(),
                status.lastHandledReconcileAt(),
                new Open(ApplicationState.NotVerified),
                (Evidence.of(status).liesAhead(now)
                                ? "What was known was written under another clock"
                                : "What was known ended at " + status.validUntil())
                        + ", and no check since has renewed it. Last verified: "
                        + Optional.ofNullable(status.lastVerified()).orElse("never")
                        + ". The operator goes on trying; if that lasts, look at its log and its metrics.",
                now);
    }

    /** The conditions that not every onboarding has. */
    private static Set<OwnedCondition> others(TenantOnboardingStatus status) {
        var others = EnumSet.noneOf(OwnedCondition.class);
        if (!status.endpoints().isEmpty()) {
            others.add(OwnedCondition.NetworkReachable);
        }
        if (status.condition(ConditionType.ATTESTED).isPresent()) {
            others.add(OwnedCondition.Attested);
        }
        return others;
    }

    private static TenantOnboardingStatus withdrawn(
            TenantOnboardingStatus status,
            long generation,
            String handled,
            ConditionReason reason,
            String message,
            Instant now) {
        var conditions =
                new Conditions(status.conditions(), generation, now).setUnknown(reason, message, others(status));
        var applications = status.applications().stream()
                .map(it -> ApplicationStatuses.unverified(it, status, message))
                .toList();
        var licensed = applications.stream()
                .filter(it -> !UnresolvedStatuses.isOne(it))
                .toList();
        return StatusLimits.fit(new TenantOnboardingStatus(
                new Handled(generation, handled),
                status.customer(),
                new Progress(
                        ConsentFinding.granted(licensed, status.lastVerified()).toString(), null),
                status.times(),
                new Entries(status.verifiers(), applications, status.endpoints(), status.leftOut()),
                conditions.list()));
    }
}
