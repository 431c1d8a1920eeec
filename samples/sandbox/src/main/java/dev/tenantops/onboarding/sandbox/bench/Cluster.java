package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Verification;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import dev.tenantops.onboarding.sandbox.operator.Installation.Launch;
import dev.tenantops.onboarding.sandbox.operator.ManyTenants;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.operator.OperatorSettings;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * An API server with so many onboardings of six applications, to which every tenant has consented, and the chart. The
 * operator is started and stopped in it.
 */
final class Cluster implements AutoCloseable {

    static final String NAMESPACE = "bench";

    /** Which a command of the environment does not get: it has its own. */
    private static final String OPTIONS = "JAVA_TOOL_OPTIONS";

    private static final String MAX_RAM = "-XX:MaxRAM=";
    private static final Duration LOOK = Duration.ofMillis(20);

    private final OpenResources resources = OpenResources.closedAtExit();
    private final OperatorSandbox stage;
    private final Program program;
    private final HarnessThreads threads;
    private final ApiServerReader reader;
    private final StatusWatch watch;
    private final Launch launch;
    private final long apiServer;
    private final long etcd;
    private OperatorRun last;
    private int starts;

    private Cluster(int onboardings, Program program, HarnessThreads threads) {
        this.program = program;
        this.threads = threads;
        this.stage = OperatorSandbox.startWithChart(
                resources, _ -> ManyTenants.contents(NAMESPACE, onboardings), new OperatorSettings(Map.of()));
        ManyTenants.consent(stage);
        this.reader = new ApiServerReader(stage.client().getConfiguration());
        this.watch = resources.add(new StatusWatch(reader, threads));
        this.launch = stage.installation().launch("bench");
        this.apiServer = child("kube-apiserver");
        this.etcd = child("etcd");
    }

    static Cluster start(int onboardings, Program program, HarnessThreads threads) {
        return new Cluster(onboardings, program, threads);
    }

    /** @param settings variables in place of the chart's */
    OperatorRun startOperator(Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(launch.environment());
        environment.putAll(settings);
        if (program == Program.COMMAND) {
            environment.remove(OPTIONS);
        }
        Path log = OperatorSandbox.target().resolve("bench-operator-%d.log".formatted(++starts));
        int port = OperatorProcess.freePort();
        long begun = System.nanoTime();
        last = new OperatorRun(
                resources.add(OperatorProcess.start(program.command(launch), environment, port, log)), begun);
        return last;
    }

    /** Why something failed: because the operator is gone, if it is. */
    String cause(RuntimeException failure) {
        return Optional.ofNullable(last).flatMap(OperatorRun::ending).orElse(failure.toString());
    }

    /** Waits until so many checks were made from now on, if there is time. */
    void awaitChecks(long count, Duration limit) {
        long wanted = checks() + count;
        long end = System.nanoTime() + limit.toNanos();
        while (checks() < wanted && System.nanoTime() < end && last.ending().isEmpty()) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    /**
     * A customer more, whose tenant has consented to nothing.
     *
     * @param number that no other has
     * @param interval of its own; null for the chart's
     */
    TenantOnboarding newOnboarding(int number, String interval) {
        TenantOnboarding onboarding = ManyTenants.onboarding(NAMESPACE, number);
        if (interval != null) {
            TenantOnboardingSpec spec = onboarding.getSpec();
            onboarding.setSpec(new TenantOnboardingSpec(
                    spec.tenantId(), spec.licenses(), null, new Verification(interval), false));
        }
        microsoft()
                .directory()
                .createTenant(
                        onboarding.getSpec().tenantId(),
                        onboarding.getMetadata().getName());
        return stage.client().resource(onboarding).create();
    }

    OperatorSandbox stage() {
        return stage;
    }

    StatusWatch watch() {
        return watch;
    }

    MicrosoftSimulator microsoft() {
        return stage.sandbox().microsoft();
    }

    int apiServerPort() {
        return reader.port();
    }

    ApiCounters apiCounters() {
        return ApiCounters.read(reader);
    }

    /** The length of the first onboarding, in the JSON that etcd has of it. */
    long storedBytes() {
        return reader
                .lines("/apis/onboarding.tenantops.dev/v1alpha1/namespaces/%s/tenantonboardings/customer-0"
                        .formatted(NAMESPACE))
                .stream()
                .mapToLong(String::length)
                .sum();
    }

    CpuTimes cpu(OperatorRun run) {
        return CpuTimes.now(run.pid(), apiServer, etcd, threads);
    }

    /** Options of the Java runtime, as the chart gives them to the pod. */
    String javaOptions() {
        return launch.environment().getOrDefault(OPTIONS, "");
    }

    /** Java as the operator has it, for programs that it is compared with. */
    List<String> javaWithOptions() {
        List<String> command = new ArrayList<>(List.of(program.java()));
        command.addAll(launch.jvmFlags());
        Stream.of(javaOptions().split("\\s+")).filter(it -> !it.isEmpty()).forEach(command::add);
        return command;
    }

    /** The memory that the chart lets the pod have; 0 for any. */
    long memoryLimitMib() {
        return launch.jvmFlags().stream()
                .filter(it -> it.startsWith(MAX_RAM))
                .mapToLong(it -> Long.parseLong(it.substring(MAX_RAM.length())) / (1024 * 1024))
                .findFirst()
                .orElse(0);
    }

    /** Batches: once a tenant is known, a check is one. */
    long checks() {
        return microsoft().requests().count(RequestKind.BATCH);
    }

    /** Every request to login and Graph, each batch as one. */
    long requests() {
        return checks()
                + microsoft().requests().count(RequestKind.GRAPH)
                + microsoft().requests().count(RequestKind.TOKEN)
                + microsoft().requests().count(RequestKind.DISCOVERY);
    }

    /** Requests inside batches. */
    long items() {
        return microsoft().requests().count(RequestKind.BATCH_ITEM);
    }

    /** What Graph would have charged. */
    long resourceUnits() {
        return microsoft().requests().resourceUnits();
    }

    HarnessThreads threads() {
        return threads;
    }

    @Override
    public void close() {
        watch.close();
        resources.close();
    }

    private static long child(String name) {
        return ProcessHandle.current()
                .children()
                .filter(it -> it.info().command().orElse("").endsWith("/" + name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("there is no process of " + name))
                .pid();
    }
}
