package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.sandbox.bench.BenchResult.Comparison;
import dev.tenantops.onboarding.sandbox.bench.BenchResult.Idle;
import dev.tenantops.onboarding.sandbox.bench.BenchResult.Setup;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.program.Terminal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Measures the operator from outside, as the chart runs it, with more and more tenants that have granted everything, beside
 * a plain HTTP loop that sends the same batches. Arguments: how many onboardings at most (10000), and, if not all, the
 * parts: {@code start}, {@code full}, {@code consent}, {@code hour}; the sweeps are always there.
 */
public final class Bench {

    private static final List<Integer> SIZES = List.of(1000, 3000);
    private static final String ALL_PARTS = "start,full,consent,hour";

    /** Enough of them to have one due all the time, although no object is looked at twice within a second. */
    private static final int FULL_SPEED = 3000;

    private static final int ROUNDS_OF_WARM_UP = 5;
    private static final Duration WARM_UP_LIMIT = Duration.ofMinutes(1);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final Duration DELAY = Duration.ofMillis(50);

    private final int onboardings;
    private final List<String> parts;
    private final Machine machine = Machine.here();
    private final Program program = Program.chosen();
    private final HarnessThreads threads = new HarnessThreads();
    private final long begun = System.nanoTime();
    private final List<Sweep> sweeps = new ArrayList<>();
    private Setup setup;
    private Quantiles start;
    private Idle idle;
    private Comparison full;
    private Comparison slow;
    private Quantiles consent;
    private Hour hour;
    private final List<String> failures = new ArrayList<>();

    private Bench(int onboardings, List<String> parts) {
        this.onboardings = onboardings;
        this.parts = parts;
    }

    public static void main(String[] arguments) {
        Bench bench = new Bench(
                arguments.length > 0 ? Integer.parseInt(arguments[0]) : 10_000,
                List.of((arguments.length > 1 ? arguments[1] : ALL_PARTS).split(",")));
        Terminal.run(() -> {
            BenchResult result = bench.run();
            result.write(OperatorSandbox.target().resolve("bench.json"));
            BenchReport report = new BenchReport(result);
            System.out.printf("%n%s%n%s%n%s%n", report.where(), report.text(), report.line());
            return result.failures().size();
        });
    }

    private BenchResult run() {
        if (parts.contains("start")) {
            try (Cluster cluster = cluster(1)) {
                attempt(cluster, "starting with one onboarding", () -> {
                    start = Start.measure(cluster);
                    say("one onboarding has a status %.2f s after the start", start.median());
                });
                idle = EmptyOperator.measure(cluster).orElse(null);
            }
        }
        TreeSet<Integer> sizes = new TreeSet<>(SIZES);
        sizes.add(onboardings);
        for (int size : sizes.headSet(onboardings, true)) {
            try (Cluster cluster = cluster(size)) {
                attempt(cluster, "the first sweep of %,d".formatted(size), () -> sweep(cluster, size));
                if (size == Math.min(FULL_SPEED, onboardings) && parts.contains("full")) {
                    attempt(cluster, "full speed with %,d".formatted(size), () -> compare(cluster, size));
                }
                if (size == onboardings && parts.contains("hour")) {
                    attempt(cluster, "an hour with %,d".formatted(size), () -> {
                        hour = Hour.measure(cluster, sweeps.getLast());
                        say("%s", hour.summary());
                    });
                }
            }
        }
        return new BenchResult(machine, setup, sweeps, start, idle, full, slow, consent, hour, failures);
    }

    /** One part that fails leaves the others. */
    private void attempt(Cluster cluster, String part, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            failures.add(part + ": " + cluster.cause(e));
            say("failed: %s", failures.getLast());
        }
    }

    private Cluster cluster(int size) {
        say("%,d onboardings come, whose tenants have consented", size);
        Cluster cluster = Cluster.start(size, program, threads);
        setup = new Setup(
                cluster.stage().sandbox().apiServer().version(),
                program.description(),
                program == Program.COMMAND ? System.getenv(OperatorProcess.COMMAND_VARIABLE) : cluster.javaOptions(),
                cluster.memoryLimitMib(),
                LocalDate.now(ZoneOffset.UTC).toString());
        return cluster;
    }

    private void sweep(Cluster cluster, int size) {
        Sweep.Measured swept = Sweep.measure(cluster, size);
        Sweep sweep = swept.sweep();
        try (OperatorRun run = swept.run()) {
            sweeps.add(sweep);
            say("%s", sweep.summary());
            if (sweep.ready() != size) {
                throw new IllegalStateException("only %,d are Ready".formatted(sweep.ready()));
            }
            if (size == onboardings && parts.contains("consent")) {
                consent = ConsentTimes.measure(cluster, run, size);
                say("Ready %.2f s after a consent, %.2f s at p99", consent.median(), consent.p99());
            }
        }
    }

    /** The operator first, with and without delay, then the loop. */
    private void compare(Cluster cluster, int size) {
        Unchanged atOnce;
        Unchanged late;
        try (OperatorRun run = cluster.startOperator(Map.of("ONBOARDING_VERIFICATION_INTERVAL", "1s"))) {
            cluster.awaitChecks((long) ROUNDS_OF_WARM_UP * size, WARM_UP_LIMIT);
            atOnce = Unchanged.measure(cluster, run, WINDOW, size);
            say("at full speed %s", atOnce.summary());
            String fault = delay(cluster);
            cluster.awaitChecks(size, WARM_UP_LIMIT);
            late = Unchanged.measure(cluster, run, WINDOW, size);
            cluster.microsoft().directory().withdraw(fault);
            say("with answers that are late %s", late.summary());
        }
        full = new Comparison(size, 0, atOnce, PlainLoop.run(cluster, size, WARM_UP, WINDOW));
        String fault = delay(cluster);
        slow = new Comparison(size, DELAY.toMillis(), late, PlainLoop.run(cluster, size, WARM_UP, WINDOW));
        cluster.microsoft().directory().withdraw(fault);
        say(
                "the plain loop has %.0f checks a second, %.2f ms each; %.0f when answers are late",
                full.loop().checksPerSecond(),
                full.loop().cpuMillis(),
                slow.loop().checksPerSecond());
    }

    private static String delay(Cluster cluster) {
        return cluster.microsoft().directory().fail(Fault.on(RequestKind.BATCH, Effect.slow(DELAY)));
    }

    private void say(String format, Object... values) {
        System.out.printf("%4d s  %s%n", (System.nanoTime() - begun) / 1_000_000_000, format.formatted(values));
    }
}
