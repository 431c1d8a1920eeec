package dev.tenantops.onboarding.sandbox.smoke;

import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.operator.ChartInstallation;
import dev.tenantops.onboarding.sandbox.operator.Installation;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.process.ChildEnvironment;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import dev.tenantops.onboarding.sandbox.process.Polling;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** {@code helm test}, whose pod is a process of this machine. */
final class HelmTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String SERVICE = ChartInstallation.FULL_NAME + "-management";

    private final Sandbox sandbox;
    private final KubernetesClient client;
    private final ChartInstallation chart;
    private final URI management;

    /** @param management where the operator has its health */
    HelmTest(Sandbox sandbox, KubernetesClient client, ChartInstallation chart, URI management) {
        this.sandbox = sandbox;
        this.client = client;
        this.chart = chart;
        this.management = management;
    }

    /** Runs it, and returns what the pod printed. */
    String run() {
        CompletableFuture<String> helm = CompletableFuture.supplyAsync(
                () -> chart.helm("test", "--timeout", LIMIT.toSeconds() + "s"), Thread::startVirtualThread);
        // Throws if Helm has failed by now.
        Pod pod = Polling.until(LIMIT, this::pod, it -> helm.getNow("").isEmpty());
        String name = pod.getMetadata().getName();
        Path log = sandbox.directory().resolve(name + ".log");
        int exitCode = execute(pod, log);
        client.pods().inNamespace(Installation.NAMESPACE).withName(name).editStatus(it -> {
            it.setStatus(new PodStatusBuilder(it.getStatus())
                    .withPhase(exitCode == 0 ? "Succeeded" : "Failed")
                    .build());
            return it;
        });
        String printed = LocalFiles.read(log);
        if (exitCode != 0) {
            throw new IllegalStateException(printed);
        }
        helm.join();
        return printed.lines().findFirst().orElse("");
    }

    private int servicePort() {
        return client.services()
                .inNamespace(Installation.NAMESPACE)
                .withName(SERVICE)
                .require()
                .getSpec()
                .getPorts()
                .getFirst()
                .getPort();
    }

    private Optional<Pod> pod() {
        return client
                .pods()
                .inNamespace(Installation.NAMESPACE)
                .withLabel("app.kubernetes.io/instance", ChartInstallation.RELEASE)
                .list()
                .getItems()
                .stream()
                .findFirst();
    }

    /** As the image's entry point would, with the cluster's names, and with the port to which the Service leads. */
    private int execute(Pod pod, Path log) {
        try {
            Path hosts = Files.writeString(sandbox.directory().resolve("hosts"), "127.0.0.1 " + SERVICE + "\n");
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Djdk.net.hosts.file=" + hosts,
                    "-jar",
                    OperatorProcess.JAR.toString()));
            pod.getSpec().getContainers().getFirst().getArgs().stream()
                    .map(it -> it.replaceFirst(":" + servicePort() + "/", ":" + management.getPort() + "/"))
                    .forEach(command::add);
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
            ChildEnvironment.clean(builder.environment());
            return builder.start().onExit().join().exitValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
