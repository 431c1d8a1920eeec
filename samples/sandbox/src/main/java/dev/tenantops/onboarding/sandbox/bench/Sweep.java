package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * The first check of everything, by an operator that was started with it waiting.
 *
 * @param judged how many have a Ready condition; all, unless the time was up
 * @param seconds from the start of the process until the last of them had it
 * @param ready how many are Ready
 * @param firstSeconds from the start of the process until the first had it
 * @param loopSeconds what the plain loop takes until it has read every tenant once
 * @param requests to login and Graph, for each onboarding
 * @param serverErrors writes that the API server answered with 5xx
 * @param conflicts writes that it answered with 409
 * @param clientErrors writes that it answered with another 4xx
 * @param connections the most that the operator had to the API server
 * @param kubectl how long kubectl took to get one onboarding meanwhile, in seconds
 * @param kubectlFailures how often it got none
 * @param events Events that were written, for each onboarding
 * @param cpu whose processor time the machine spent
 * @param residentMib when it was over
 * @param peakMib the most until then
 * @param storedBytes of one onboarding, as the API server stores it
 */
record Sweep(
        int onboardings,
        int judged,
        long ready,
        double seconds,
        double firstSeconds,
        double loopSeconds,
        double requests,
        long serverErrors,
        long conflicts,
        long clientErrors,
        int connections,
        Quantiles kubectl,
        int kubectlFailures,
        double events,
        CpuShares cpu,
        double residentMib,
        double peakMib,
        long storedBytes) {

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration PAUSE_OF_KUBECTL = Duration.ofMillis(2500);
    private static final Duration PAUSE_OF_CONNECTIONS = Duration.ofMillis(500);
    private static final Duration LEAST_LIMIT = Duration.ofMinutes(2);
    private static final Duration LIMIT_OF_ONE = Duration.ofMillis(36);

    /** Starts the operator and waits; the operator goes on. */
    static Measured measure(Cluster cluster, int onboardings) {
        KubectlProbe kubectl = new KubectlProbe(cluster.stage().sandbox().kubectl());
        kubectl.seconds();
        kubectl.reset();
        // The limit, and whoever has the same sandbox for a while finds its simulated cloud compiled, too.
        double loopSeconds = PlainLoop.run(cluster, onboardings, Duration.ZERO, Duration.ZERO)
                .firstRoundSeconds();
        long requestsBefore = cluster.requests();
        ApiCounters apiBefore = cluster.apiCounters();
        OperatorRun run = cluster.startOperator(Map.of());
        CpuTimes cpuBefore = cluster.cpu(run);
        try (Sampler connections = Sampler.start(
                        cluster.threads(),
                        "connections",
                        PAUSE_OF_CONNECTIONS,
                        () -> ProcessUsage.connections(run.pid(), cluster.apiServerPort()));
                Sampler answers = Sampler.start(cluster.threads(), "kubectl", PAUSE_OF_KUBECTL, kubectl::seconds)) {
            await(cluster.watch(), onboardings, run);
            CpuTimes cpu = cluster.cpu(run).since(cpuBefore);
            long ended = System.nanoTime();
            long requests = cluster.requests() - requestsBefore;
            ProcessUsage usage = run.usage();
            StatusWatch watch = cluster.watch();
            ApiCounters api = cluster.apiCounters().since(apiBefore);
            boolean finished = watch.judged() >= onboardings;
            return new Measured(
                    run,
                    new Sweep(
                            onboardings,
                            watch.judged(),
                            watch.ready(),
                            ((finished ? watch.lastJudged() : ended) - run.begun()) / 1e9,
                            watch.firstJudgedAfter(run.begun())
                                    .map(it -> (it - run.begun()) / 1e9)
                                    .orElse(Double.NaN),
                            loopSeconds,
                            (double) requests / watch.judged(),
                            api.serverErrors(),
                            api.conflicts(),
                            api.clientErrors(),
                            connections.samples().stream()
                                    .mapToInt(Double::intValue)
                                    .max()
                                    .orElse(0),
                            Quantiles.of(answers.samples()),
                            kubectl.failures(),
                            (double) api.events() / onboardings,
                            CpuShares.of(cpu, watch.judged()),
                            usage.residentKib() / 1024.0,
                            usage.peakKib() / 1024.0,
                            cluster.storedBytes()));
        }
    }

    /** The operator that swept, which still runs. */
    record Measured(OperatorRun run, Sweep sweep) {}

    boolean finished() {
        return judged >= onboardings;
    }

    private static void await(StatusWatch watch, int onboardings, OperatorRun run) {
        Duration limit = LIMIT_OF_ONE.multipliedBy(onboardings);
        long end = System.nanoTime() + (limit.compareTo(LEAST_LIMIT) < 0 ? LEAST_LIMIT : limit).toNanos();
        while (watch.judged() < onboardings && System.nanoTime() < end) {
            if (run.ending().isPresent()) {
                throw new IllegalStateException(run.ending().get());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    String summary() {
        return String.format(
                Locale.ROOT,
                "%,d of %,d judged after %.1f s, the first after %.2f s; %d answers 5xx, %d connections, %.0f MiB",
                judged,
                onboardings,
                seconds,
                firstSeconds,
                serverErrors,
                connections,
                residentMib);
    }

    /** kubectl as a person would use it. */
    private static final class KubectlProbe {

        private final Kubectl kubectl;
        private int failures;

        KubectlProbe(Kubectl kubectl) {
            this.kubectl = kubectl;
        }

        double seconds() {
            long begin = System.nanoTime();
            Kubectl.Result result =
                    kubectl.run("get", "tenantonboarding", "customer-0", "--namespace", Cluster.NAMESPACE);
            failures += result.exitCode() == 0 ? 0 : 1;
            return (System.nanoTime() - begin) / 1e9;
        }

        void reset() {
            failures = 0;
        }

        int failures() {
            return failures;
        }
    }
}
