package dev.tenantops.onboarding.sandbox;

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

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Process process;
    private final URI url;
    private final Path log;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private OperatorProcess(Process process, URI url, Path log) {
        this.process = process;
        this.url = url;
        this.log = log;
    }

    /** A small heap that is collected by one thread: most of the work is waiting for answers. */
    static final List<String> JVM_FLAGS = List.of("-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-Xmx192m");

    /**
     * Starts the operator; it is not ready yet.
     *
     * @param jar quarkus-run.jar
     * @param port where it serves its page, its health and its metrics
     * @param configuration environment variables
     * @param log receives what it prints
     * @throws IllegalStateException when the jar is missing
     */
    public static OperatorProcess start(Path jar, int port, Map<String, String> configuration, Path log) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("There is no operator in " + jar + ". Run make build.");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        ChildEnvironment.clean(builder.environment());
        builder.environment().put("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "false");
        builder.environment().putAll(configuration);
        builder.environment()
                .put("QUARKUS_HTTP_HOST", InetAddress.getLoopbackAddress().getHostAddress());
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        try {
            return new OperatorProcess(builder.start(), urlOf(port), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

    public URI url() {
        return url;
    }

    public long pid() {
        return process.pid();
    }

    public Path log() {
        return log;
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
        return get("/q/health/ready").map(it -> it.statusCode() == 200).orElse(false);
    }

    /** What it answers; empty while it does not listen. */
    public Optional<HttpResponse<String>> get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
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
