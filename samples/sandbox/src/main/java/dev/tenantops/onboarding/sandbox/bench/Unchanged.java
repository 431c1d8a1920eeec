package dev.tenantops.onboarding.sandbox.bench;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Checks that find what is known already.
 *
 * @param checksPerSecond how many there were
 * @param due how many the interval asked for
 * @param requests to login and Graph, for each check
 * @param items reads in them, for each check
 * @param resourceUnits what Graph would have charged, for each check
 * @param statuses written, for each check
 * @param events written, for each check
 * @param residentMib at the end
 */
record Unchanged(
        long checks,
        double checksPerSecond,
        double due,
        double requests,
        double items,
        double resourceUnits,
        double statuses,
        double events,
        CpuShares cpu,
        double residentMib,
        double peakMib) {

    static Unchanged measure(Cluster cluster, OperatorRun run, Duration window, double due) {
        ApiCounters apiBefore = cluster.apiCounters();
        Mark begin = Mark.now(cluster, run);
        LockSupport.parkNanos(window.toNanos());
        Mark end = Mark.now(cluster, run);
        ApiCounters api = cluster.apiCounters().since(apiBefore);
        ProcessUsage usage = run.usage();
        long checks = end.checks - begin.checks;
        return new Unchanged(
                checks,
                checks * 1e9 / (end.nanos - begin.nanos),
                due,
                (double) (end.requests - begin.requests) / checks,
                (double) (end.items - begin.items) / checks,
                (double) (end.resourceUnits - begin.resourceUnits) / checks,
                (double) api.statuses() / checks,
                (double) api.events() / checks,
                CpuShares.of(end.cpu.since(begin.cpu), checks),
                usage.residentKib() / 1024.0,
                usage.peakKib() / 1024.0);
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%.0f checks a second of %.0f due, %.2f ms of CPU each, %.0f MiB",
                checksPerSecond,
                due,
                cpu.operator(),
                residentMib);
    }

    /** Counters at one moment. */
    private record Mark(long nanos, long checks, long requests, long items, long resourceUnits, CpuTimes cpu) {

        static Mark now(Cluster cluster, OperatorRun run) {
            return new Mark(
                    System.nanoTime(),
                    cluster.checks(),
                    cluster.requests(),
                    cluster.items(),
                    cluster.resourceUnits(),
                    cluster.cpu(run));
        }
    }
}
