package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.truth.VirtualOperator.Sabotage;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What came of one history. */
record HistoryRun(
        List<Violation> violations,
        int checks,
        int unchanged,
        int settled,
        long requests,
        Map<ApplicationState, Integer> states) {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /**
     * Runs a history from its beginning.
     *
     * @param caBundle the file with the certificate authority of {@link World}
     * @param seed spreads the checks, and decides whether tokens are kept
     */
    static HistoryRun of(List<Step> steps, Path caBundle, Sabotage sabotage, long seed) {
        return of(steps, caBundle, sabotage, seed, _ -> {});
    }

    /** The same, with a line for each step and for each status that is published. */
    static HistoryRun of(List<Step> steps, Path caBundle, Sabotage sabotage, long seed, Consumer<String> trace) {
        var clock = new VirtualClock(START);
        var tokenLifetime = seed % 2 == 0 ? Duration.ofSeconds(300) : Duration.ofSeconds(3599);
        try (var world = new World(clock, tokenLifetime)) {
            var oracle = new Oracle(world.timeline(), trace);
            try (var operator = new VirtualOperator(world, clock, caBundle, sabotage, oracle, seed)) {
                for (var step : steps) {
                    trace.accept(clock.instant() + " " + step);
                    operator.take(step);
                }
                return new HistoryRun(
                        oracle.violations(),
                        operator.checks(),
                        operator.unchanged(),
                        oracle.settled(),
                        world.requests(),
                        oracle.states());
            }
        }
    }
}
