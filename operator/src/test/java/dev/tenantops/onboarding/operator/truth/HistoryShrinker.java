package dev.tenantops.onboarding.operator.truth;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Leaves steps out of a failing history for as long as it fails: first halves, at last single ones. */
final class HistoryShrinker {

    private HistoryShrinker() {}

    static List<Step> shrink(List<Step> failing, Predicate<List<Step>> fails) {
        var steps = failing;
        for (var size = Math.max(1, steps.size() / 2); size >= 1; size /= 2) {
            var shorter = true;
            while (shorter) {
                shorter = false;
                for (var start = 0; start < steps.size(); start += size) {
                    var without = new ArrayList<>(steps);
                    without.subList(start, Math.min(steps.size(), start + size)).clear();
                    if (fails.test(without)) {
                        steps = List.copyOf(without);
                        shorter = true;
                        start -= size;
                    }
                }
            }
        }
        return steps;
    }
}
