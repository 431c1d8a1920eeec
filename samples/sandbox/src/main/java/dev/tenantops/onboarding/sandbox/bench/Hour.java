package dev.tenantops.onboarding.sandbox.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * An hour of checks each five minutes, in less time: as many rounds, each as short as the machine can do, and freshness in
 * the same proportion to the interval as the chart has it.
 *
 * @param rounds how often each was due
 * @param intervalSeconds in place of five minutes
 * @param renewals how often an unchanged status was written within a time of freshness
 * @param begin after the first round
 * @param end after the last
 */
record Hour(int rounds, double intervalSeconds, double renewals, Unchanged checks, Footprint begin, Footprint end) {

    private static final int ROUNDS = 12;
    private static final int INTERVALS_OF_FRESHNESS = 3;
    private static final Duration LONGEST = Duration.ofMinutes(6);
    private static final long LEAST_SECONDS = 20;
    private static final double USED = 0.8;

    /** An unchanged status is written at every second check, and costs no more than the first one did. */
    private static final double PART_OF_FIRST_CHECK = 0.5;

    /**
     * What the operator takes up.
     *
     * @param connections of any kind
     * @param series that Prometheus would read
     */
    record Footprint(double residentMib, double peakMib, long threads, int connections, long series) {

        static Footprint of(OperatorRun run) {
            ProcessUsage usage = run.usage();
            return new Footprint(
                    usage.residentKib() / 1024.0,
                    usage.peakKib() / 1024.0,
                    usage.threads(),
                    ProcessUsage.connections(run.pid()),
                    run.process().metrics().orElseThrow().stream()
                            .filter(it -> !it.startsWith("#"))
                            .count());
        }
    }

    /** @param sweep of the same onboardings, which tells what this machine can do */
    static Hour measure(Cluster cluster, Sweep sweep) {
        long seconds = interval(sweep);
        int rounds = Math.toIntExact(Math.max(2, Math.min(ROUNDS, LONGEST.toSeconds() / seconds)));
        Duration round = Duration.ofSeconds(seconds);
        try (OperatorRun run = cluster.startOperator(Map.of(
                "ONBOARDING_VERIFICATION_INTERVAL",
                seconds + "s",
                "ONBOARDING_VERIFICATION_FRESHNESS",
                INTERVALS_OF_FRESHNESS * seconds + "s"))) {
            cluster.awaitChecks(sweep.onboardings(), round.multipliedBy(3));
            LockSupport.parkNanos(round.toNanos());
            Footprint begin = Footprint.of(run);
            Unchanged checks =
                    Unchanged.measure(cluster, run, round.multipliedBy(rounds), (double) sweep.onboardings() / seconds);
            Footprint end = Footprint.of(run);
            double written = checks.statuses() * checks.checks() / sweep.onboardings();
            return new Hour(rounds, seconds, written * INTERVALS_OF_FRESHNESS / rounds, checks, begin, end);
        }
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%d rounds of %.0f s, %s; from %s to %s",
                rounds,
                intervalSeconds,
                checks.summary(),
                begin,
                end);
    }

    private static long interval(Sweep sweep) {
        double busySeconds =
                sweep.onboardings() * (sweep.cpu().all() - sweep.cpu().others()) / 1000;
        double atLeast =
                busySeconds * PART_OF_FIRST_CHECK / (USED * Runtime.getRuntime().availableProcessors());
        return Math.max(LEAST_SECONDS, (long) Math.ceil(atLeast));
    }
}
