package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.StatusLimit;
import dev.tenantops.onboarding.operator.verdict.Past;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds a list of conditions on top of the previous one, so that transition times move on transitions only. */
final class Conditions {

    private final List<Condition> previous;
    private final List<Condition> current = new ArrayList<>();
    private final long generation;
    private final Instant now;

    Conditions(List<Condition> previous, long generation, Instant now) {
        this.previous = previous;
        this.generation = generation;
        this.now = now;
    }

    Conditions set(OwnedCondition condition, Finding finding) {
        var type = condition.type();
        var since = previous(type)
                .filter(it -> it.status() == finding.status())
                .map(Condition::lastTransitionTime)
                // Whoever waits from then on would wait for a time that has not come.
                .filter(it -> Timestamps.parse(it).filter(new Past(now)::holds).isPresent())
                .orElseGet(() -> Timestamps.format(now));
        current.add(new Condition(
                type, finding.status(), generation, since, finding.reason().name(), shortened(finding.message())));
        return this;
    }

    /** Lets a condition stand of which nothing new is known yet. */
    Conditions keep(OwnedCondition condition) {
        previous(condition.type())
                .ifPresent(it -> current.add(new Condition(
                        it.type(), it.status(), generation, it.lastTransitionTime(), it.reason(), it.message())));
        return this;
    }

    /**
     * Nothing is known of an onboarding, and the operator is at work on it.
     *
     * @param others the conditions that it has beside those that each has
     */
    Conditions setUnknown(ConditionReason reason, String message, Set<OwnedCondition> others) {
        var finding = new Finding(Status.Unknown, reason, message);
        others.forEach(it -> set(it, finding));
        return set(OwnedCondition.Ready, finding)
                .set(OwnedCondition.VerifierAuthorized, finding)
                .set(OwnedCondition.ConsentGranted, finding)
                .set(OwnedCondition.Reconciling, new Finding(Status.True, reason, message));
    }

    private Optional<Condition> previous(String type) {
        return previous.stream().filter(it -> it.type().equals(type)).findFirst();
    }

    boolean isTrue(String type) {
        return has(type, Status.True);
    }

    boolean has(String type, Status status) {
        return current.stream().anyMatch(it -> it.type().equals(type) && it.status() == status);
    }

    List<Condition> list() {
        return current.stream().sorted(Comparator.comparing(Condition::type)).toList();
    }

    /** Far shorter than the schema allows: somebody has to read it. */
    static String shortened(String message) {
        return Text.withoutMiddle(message, StatusLimit.MESSAGE);
    }

    /** The contents of a condition. */
    record Finding(Status status, ConditionReason reason, String message) {}
}
