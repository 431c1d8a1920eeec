package dev.tenantops.onboarding.sandbox.kubernetes;

import dev.tenantops.onboarding.sandbox.process.ChildEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The real kubectl against the sandbox's API server, without what the user's environment or kubeconfig says. */
public final class Kubectl {

    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Path binary;
    private final Path kubeconfig;

    public Kubectl(Path binary, Path kubeconfig) {
        this.binary = binary;
        this.kubeconfig = kubeconfig;
    }

    /** What kubectl printed to both streams, and how it ended. */
    public record Result(int exitCode, String output) {}

    /** The command as a person would type it. */
    public String commandLine(String... arguments) {
        return "%s --kubeconfig %s %s".formatted(binary, kubeconfig, String.join(" ", arguments));
    }

    /**
     * Runs kubectl to its end.
     *
     * @throws IllegalStateException when it runs for longer than three minutes
     */
    public Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(binary.toString(), "--kubeconfig", kubeconfig.toString()));
        command.addAll(List.of(arguments));
        Path output = null;
        try {
            output = Files.createTempFile(kubeconfig.getParent(), "kubectl-", ".out");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            ChildEnvironment.clean(builder.environment());
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "kubectl did not end within " + LIMIT.toSeconds() + " s: " + String.join(" ", arguments));
            }
            return new Result(
                    process.exitValue(),
                    Files.readString(output, StandardCharsets.UTF_8).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl was running", e);
        } finally {
            delete(output);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
