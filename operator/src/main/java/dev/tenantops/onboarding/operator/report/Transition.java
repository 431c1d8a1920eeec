package dev.tenantops.onboarding.operator.report;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.operator.status.ConditionReason;
import dev.tenantops.onboarding.operator.status.OwnedCondition;
import dev.tenantops.onboarding.operator.status.OwnedCondition.Polarity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A change of a condition that people should hear of.
 *
 * @param reason the condition's reason
 * @param message its message
 * @param warning whether somebody should look
 */
public record Transition(String reason, String message, boolean warning) {

    private static final Set<String> INTENDED = ConditionReason.all().stream()
            .filter(ConditionReason::intended)
            .map(ConditionReason::name)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> ANNOUNCING = ConditionReason.all().stream()
            .filter(ConditionReason::announces)
            .map(ConditionReason::name)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * What changed between two lists of conditions. A cause that shows in several conditions is told once: {@code Ready}
     * and the kstatus conditions speak last, and only when no other condition said the same. A first visit brings every
     * condition at once, so what is well there is told by {@code Ready} alone.
     */
    public static List<Transition> between(List<Condition> before, List<Condition> after) {
        var transitions = new ArrayList<Transition>();
        var told = new HashSet<String>();
        after.stream()
                .sorted((first, second) -> Boolean.compare(repeats(first), repeats(second)))
                .filter(it -> changed(it, before))
                .filter(it -> !before.isEmpty() || it.type().equals(ConditionType.READY) || warning(it))
                .filter(it -> !follows(it, after))
                .filter(it -> told.add(it.reason()))
                .forEach(it -> transitions.add(new Transition(it.reason(), it.message(), warning(it))));
        return List.copyOf(transitions);
    }

    private static boolean changed(Condition condition, List<Condition> before) {
        return before.stream()
                .noneMatch(it -> it.type().equals(condition.type())
                        && it.status() == condition.status()
                        && it.reason().equals(condition.reason()));
    }

    /** That nothing is known follows from not being able to read, which is told by itself. */
    private static boolean follows(Condition condition, List<Condition> all) {
        return condition.reason().equals(ApplicationState.NotVerified.name())
                && all.stream()
                        .anyMatch(it -> it.type().equals(ConditionType.VERIFIER_AUTHORIZED)
                                && it.status() != Condition.Status.True
                                && !it.reason().equals(condition.reason()));
    }

    private static boolean repeats(Condition condition) {
        return OwnedCondition.of(condition.type())
                .filter(OwnedCondition::repeats)
                .isPresent();
    }

    private static boolean warning(Condition condition) {
        return OwnedCondition.awaitsPerson(condition)
                || ANNOUNCING.contains(condition.reason())
                || (!negative(condition)
                        && condition.status() != Condition.Status.True
                        && !INTENDED.contains(condition.reason()));
    }

    private static boolean negative(Condition condition) {
        return OwnedCondition.of(condition.type())
                .filter(it -> it.polarity() == Polarity.Negative)
                .isPresent();
    }
}
