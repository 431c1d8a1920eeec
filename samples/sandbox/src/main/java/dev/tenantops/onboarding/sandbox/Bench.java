package dev.tenantops.onboarding.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures the operator with many fully consented tenants, beside a plain HTTP loop that sends the same batches.
 * Arguments: how many onboardings (1000), the seconds between two checks of one (10), the seconds to measure (60).
 */
public final class Bench {

    private static final String NAMESPACE = "bench";
    private static final int CONCURRENCY = 64;
    private static final Duration FIRST_ROUND_LIMIT = Duration.ofMinutes(15);

    private Bench() {}

    public static void main(String[] arguments) throws Exception {
        Terminal.quiet();
        int onboardings = argument(arguments, 0, 1000);
        Duration interval = Duration.ofSeconds(argument(arguments, 1, 10));
        Duration window = Duration.ofSeconds(argument(arguments, 2, 60));
        OpenResources resources = OpenResources.closedAtExit();
        try {
            run(resources, onboardings, interval, window);
        } finally {
            resources.close();
        }
    }

    private static void run(OpenResources resources, int onboardings, Duration interval, Duration window)
            throws Exception {
        System.out.printf("Creating %d onboardings and their consented tenants ...%n", onboardings);
        OperatorSandbox stage = OperatorSandbox.start(
                resources,
                _ -> ManyTenants.contents(NAMESPACE, onboardings),
                new OperatorSettings(Map.of(
                        "verification.interval",
                        interval.toSeconds() + "s",
                        "verification.max-concurrent",
                        Integer.toString(CONCURRENCY))));
        ApplicationCatalogSpec catalog = stage.catalog(ManyTenants.CATALOG).getSpec();
        List<String> clientIds = ManyTenants.clientIds(catalog);
        ManyTenants.consent(stage);

        OnboardingWatch watch = resources.add(new OnboardingWatch(stage.client(), NAMESPACE));
        System.out.println("Waiting until each was verified once ...");
        Instant started = Instant.now();
        stage.startOperator();
        stage.awaitOperator();
        Polling.until(FIRST_ROUND_LIMIT, () -> Optional.of(watch.ready()), ready -> ready == onboardings);
        Duration firstRound = Duration.between(started, Instant.now());

        System.out.printf("Measuring for %d s ...%n", window.toSeconds());
        pause(interval.multipliedBy(2));
        BenchMark begin = BenchMark.take(stage, watch);
        pause(window);
        BenchMark end = BenchMark.take(stage, watch);
        if (watch.ready() != onboardings) {
            throw new IllegalStateException("only %d of %d are Ready at the end".formatted(watch.ready(), onboardings));
        }
        stage.operator().close();

        System.out.println("Measuring the plain HTTP loop ...");
        PlainLoop.Measured loop = plainLoop(stage, catalog, clientIds, Math.toIntExact(end.checks() - begin.checks()));
        System.out.printf(
                "%n%d onboardings of %d applications, each checked every %d s; Kubernetes %s, %d processors%n%n",
                onboardings,
                clientIds.size(),
                interval.toSeconds(),
                stage.sandbox().apiServer().version(),
                Runtime.getRuntime().availableProcessors());
        System.out.print(
                new BenchTable(firstRound, (double) onboardings / interval.toSeconds(), begin, end, loop).render());
    }

    private static PlainLoop.Measured plainLoop(
            OperatorSandbox stage, ApplicationCatalogSpec catalog, List<String> clientIds, int checks)
            throws IOException, InterruptedException {
        ObjectMapper json = new ObjectMapper();
        Path task = stage.sandbox().directory().resolve("plain-loop.json");
        json.writeValue(
                task.toFile(),
                new PlainLoop.Task(
                        stage.sandbox().microsoft().url(),
                        stage.sandbox().caBundle(),
                        catalog.verifier().clientId(),
                        OperatorSandbox.VERIFIER_SECRET,
                        clientIds,
                        stage.contents().onboardings().stream()
                                .map(it -> it.getSpec().tenantId())
                                .toList(),
                        checks,
                        CONCURRENCY));
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JarInstallation.JVM_FLAGS);
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), PlainLoop.class.getName(), task.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] output = process.getInputStream().readAllBytes();
        if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IllegalStateException("the plain HTTP loop failed");
        }
        return json.readValue(output, PlainLoop.Measured.class);
    }

    private static void pause(Duration duration) {
        long end = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static int argument(String[] arguments, int index, int otherwise) {
        return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
    }
}
