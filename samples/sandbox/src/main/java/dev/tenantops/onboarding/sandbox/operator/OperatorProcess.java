package dev.tenantops.onboarding.sandbox.operator;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.process.ChildEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The packaged operator as a process of its own, as it would run in a container. */
public final class OperatorProcess implements AutoCloseable {

    public static final Path JAR = Samples.repository().resolve("operator/target/quarkus-app/quarkus-run.jar");

    /** Words that start another operator than the packaged one, such as that of a container image. */
    public static final String COMMAND_VARIABLE = "OPERATOR_COMMAND";

    /** The same for the process of the administrators' pages. */
    public static final String PAGE_COMMAND_VARIABLE = "PAGE_COMMAND";

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final URI url;
    private final URI management;
    private final Path log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private OperatorProcess(Process process, URI url, URI management, Path log) {
        this.process = process;
        this.url = url;
        this.management = management;
        this.log = log;
    }

    /**
     * Starts the operator, or what the environment variable {@code OPERATOR_COMMAND} names in its place; it is not ready
     * yet.
     *
     * @param launch its flags and variables; a command of the environment has flags of its own
     * @param port where it serves its page; health and metrics have another one that is free
     * @param log receives what it prints
     * @throws IllegalStateException when it was not built
     */
    public static OperatorProcess start(Installation.Launch launch, int port, Path log) {
        return start(command(JAR, launch.jvmFlags(), System.getenv(COMMAND_VARIABLE)), launch.environment(), port, log);
    }

    /** Starts the process of the administrators' pages in the same way; it has a variable of its own. */
    static OperatorProcess startPage(Installation.Launch launch, int port, Path log) {
        return start(
                command(JAR, launch.jvmFlags(), System.getenv(PAGE_COMMAND_VARIABLE)), launch.environment(), port, log);
    }

    /** The same with a command of the caller's. */
    public static OperatorProcess start(List<String> command, Map<String, String> environment, int port, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        ChildEnvironment.clean(builder.environment());
        builder.environment().putAll(environment);
        var management = freePort();
        var loopback = InetAddress.getLoopbackAddress().getHostAddress();
        builder.environment().put("QUARKUS_HTTP_HOST", loopback);
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        builder.environment().put("QUARKUS_MANAGEMENT_HOST", loopback);
        builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        try {
            return new OperatorProcess(builder.start(), urlOf(port), urlOf(management), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static List<String> command(Path jar, List<String> jvmFlags, String replacement) {
        if (replacement != null && !replacement.isBlank()) {
            return List.of(replacement.strip().split("\\s+"));
        }
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("There is no operator in " + jar + ". Run make build.");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmFlags);
        command.addAll(List.of("-jar", jar.toString()));
        return command;
    }

    /** A port that is free now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where an operator on this port is reached from this machine. */
    public static URI urlOf(int port) {
        return URI.create("http://localhost:" + port);
    }

    /** Where its health and its metrics are. */
    public URI management() {
        return management;
    }

    public URI url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
    }

    /** Ends it as a lost node or the kernel would: at once, in the middle of whatever it does. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks it to end, as a kubelet does, and waits until it has. */
    public void stop() {
        process.destroy();
        process.onExit().join();
    }

    /** Lets it stand still, without knowing. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    /** How it ended; empty while it runs. */
    public Optional<Integer> exitCode() {
        return process.isAlive() ? Optional.empty() : Optional.of(process.exitValue());
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Whether its readiness probe passes.
     *
     * @throws IllegalStateException when the process has ended
     */
    public boolean isReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    "the operator ended with exit code " + process.exitValue() + "; see " + log);
        }
        return isWell("ready");
    }

    /** Whether its liveness probe passes. */
    public boolean lives() {
        return isWell("live");
    }

    private boolean isWell(String probe) {
        return get(management, "/q/health/" + probe)
                .map(it -> it.statusCode() == 200)
                .orElse(false);
    }

    /** What it answers to browsers; empty while it does not listen. */
    public Optional<HttpResponse<String>> get(String path) {
        return get(url, path);
    }

    private Optional<HttpResponse<String>> get(URI base, String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the operator", e);
        }
    }

    /** The lines of its metrics; empty while it does not listen. */
    public Optional<List<String>> metrics() {
        return get(management, "/q/metrics").map(it -> it.body().lines().toList());
    }

    /** Whether its metrics tell of a request to the simulated cloud. */
    public boolean asksMicrosoft() {
        return metrics().orElseThrow().stream()
                .filter(it -> it.startsWith("tenant_onboarding_directory_request_duration_seconds_count"))
                .anyMatch(it -> Double.parseDouble(it.substring(it.lastIndexOf(' '))) > 0);
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
