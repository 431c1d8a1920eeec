package dev.tenantops.onboarding.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.sandbox.microsoft.SimulatedDirectory;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Measures the operator with many fully consented tenants, beside a plain HTTP loop that sends the same batches.
 * Arguments: how many onboardings (1000), the seconds between two checks of one (10), the seconds to measure (60).
 */
public final class Bench {

    private static final String CATALOG = "heedify";
    private static final List<String> PLANS = List.of("common", "extend");
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
        OperatorSandbox stage = OperatorSandbox.start(resources, sandbox -> contents(onboardings));
        ApplicationCatalogSpec catalog = stage.catalog(CATALOG).getSpec();
        List<String> clientIds = clientIds(catalog);
        consent(stage, catalog, clientIds);

        OnboardingWatch watch = resources.add(new OnboardingWatch(stage.client(), NAMESPACE));
        System.out.println("Waiting until each was verified once ...");
        Instant started = Instant.now();
        stage.startOperator(Map.of(
                "ONBOARDING_VERIFICATION_INTERVAL",
                interval.toSeconds() + "s",
                "ONBOARDING_VERIFICATION_MAX_CONCURRENT",
                Integer.toString(CONCURRENCY)));
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

    private static Samples contents(int onboardings) {
        ApplicationCatalog catalog = Samples.load().inCustomCloud(URI.create("http://localhost")).catalogs().stream()
                .filter(it -> it.getMetadata().getName().equals(CATALOG))
                .findFirst()
                .orElseThrow();
        Namespace namespace = new NamespaceBuilder()
                .withNewMetadata()
                .withName(NAMESPACE)
                .addToLabels("onboarding.tenantops.dev/customer", "true")
                .endMetadata()
                .build();
        return new Samples(
                List.of(catalog),
                List.of(namespace),
                IntStream.range(0, onboardings).mapToObj(Bench::onboarding).toList());
    }

    private static TenantOnboarding onboarding(int number) {
        TenantOnboarding onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withName("customer-" + number)
                .withNamespace(NAMESPACE)
                .build());
        onboarding.setSpec(new TenantOnboardingSpec(
                "be4c4000-0000-4000-8000-%012x".formatted(number),
                List.of(new License(CATALOG, PLANS, List.of())),
                null,
                null,
                false));
        return onboarding;
    }

    private static List<String> clientIds(ApplicationCatalogSpec catalog) {
        List<String> licensed = catalog.plans().stream()
                .filter(it -> PLANS.contains(it.name()))
                .flatMap(it -> it.applications().stream())
                .toList();
        return catalog.applications().stream()
                .filter(it -> licensed.contains(it.name()))
                .map(Application::clientId)
                .toList();
    }

    private static void consent(OperatorSandbox stage, ApplicationCatalogSpec catalog, List<String> clientIds) {
        SimulatedDirectory directory = stage.sandbox().microsoft().directory();
        stage.contents().onboardings().forEach(it -> {
            String tenant = it.getSpec().tenantId();
            directory.consent(tenant, catalog.verifier().clientId());
            clientIds.forEach(clientId -> directory.consent(tenant, clientId));
        });
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
        command.addAll(OperatorProcess.JVM_FLAGS);
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
