package dev.tenantops.onboarding.sandbox.chaos.machine;

import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.process.Polling;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A second kube-apiserver on the etcd of the sandbox's, which can be killed and started again: the operator asks this one,
 * and whoever checks it the other.
 */
public final class ApiServerReplica implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final List<String> command;
    private final URI url;
    private final KubernetesClient client;
    private Process process;

    private ApiServerReplica(ApiServer original) {
        Config config = Config.fromKubeconfig(original.kubeconfig());
        String port = Integer.toString(URI.create(config.getMasterUrl()).getPort());
        ProcessHandle.Info running = ProcessHandle.current()
                .children()
                .map(ProcessHandle::info)
                .filter(it -> it.command().orElse("").endsWith("kube-apiserver"))
                .filter(it -> List.of(it.arguments().orElse(new String[0])).contains(port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no kube-apiserver of this process listens on " + port));
        int own = OperatorProcess.freePort();
        command = new ArrayList<>(List.of(running.command().orElseThrow()));
        for (String argument : running.arguments().orElseThrow()) {
            command.add(argument.equals(port) ? Integer.toString(own) : argument);
        }
        url = URI.create("https://127.0.0.1:" + own);
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(config)
                        .withMasterUrl(url.toString())
                        .withHttpProxy(null)
                        .withHttpsProxy(null)
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
        begin();
    }

    /** Starts it, and waits until it is ready. */
    public static ApiServerReplica of(ApiServer original) {
        return new ApiServerReplica(original);
    }

    public URI url() {
        return url;
    }

    /** Starts it again, and waits until it is ready. */
    public void begin() {
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Polling.until(LIMIT, this::ready, "ok"::equals);
    }

    private Optional<String> ready() {
        try {
            return Optional.ofNullable(client.raw("/readyz"));
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }

    /** Ends it in the middle of whatever it does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        client.close();
        kill();
    }
}
