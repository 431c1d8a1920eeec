package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.bench.BenchResult.Idle;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.process.Polling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What Quarkus and the Java Operator SDK take by themselves, with the operator's runtime and options. */
final class EmptyOperator {

    private static final Path JAR =
            Samples.repository().resolve("samples/sandbox/empty/target/quarkus-app/quarkus-run.jar");
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private EmptyOperator() {}

    /** Nothing where it was not built. */
    static Optional<Idle> measure(Cluster cluster) {
        if (!Files.isRegularFile(JAR)) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(cluster.javaWithOptions());
        command.addAll(List.of("-jar", JAR.toString()));
        try (OperatorProcess process = OperatorProcess.start(
                command,
                Map.of("KUBECONFIG", cluster.stage().sandbox().kubeconfig().toString()),
                OperatorProcess.freePort(),
                OperatorSandbox.target().resolve("bench-empty.log"))) {
            Polling.until(START_LIMIT, () -> Optional.of(process.isReady()), ready -> ready);
            LockSupport.parkNanos(SETTLING.toNanos());
            ProcessUsage usage = ProcessUsage.of(process.pid());
            return Optional.of(new Idle(usage.residentKib() / 1024.0, usage.peakKib() / 1024.0));
        }
    }
}
