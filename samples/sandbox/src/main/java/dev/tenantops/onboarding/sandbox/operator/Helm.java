package dev.tenantops.onboarding.sandbox.operator;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.process.ChildEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The Helm of one version that {@code helm/provide} gives, without what the user's environment says. */
public final class Helm {

    public static final String VERSION = "4.3.1";

    private final Path binary;

    private Helm(Path binary) {
        this.binary = binary;
    }

    /** What a command printed to both streams, and how it ended. */
    public record Result(int exitCode, String output) {}

    /**
     * Provides Helm, which may take minutes where it has to be built.
     *
     * @throws IllegalStateException when it cannot be had, with what would help
     */
    public static Helm provide(String version) {
        Path repository = Samples.repository();
        Result provided = execute(List.of(repository.resolve("helm/provide").toString(), version), repository);
        if (provided.exitCode() != 0) {
            throw new IllegalStateException(provided.output());
        }
        Path home = Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR"))
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kubeapitest"));
        return new Helm(home.resolve("helm/%s-%s-%s/helm".formatted(version, operatingSystem(), architecture())));
    }

    public Path binary() {
        return binary;
    }

    /** Runs Helm to its end. */
    public Result run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of(arguments));
        return execute(command, Samples.repository().resolve("helm"));
    }

    private static Result execute(List<String> command, Path folder) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        ChildEnvironment.clean(builder.environment());
        Optional.ofNullable(System.getenv("KUBE_API_TEST_DIR"))
                .ifPresent(it -> builder.environment().put("KUBE_API_TEST_DIR", it));
        builder.environment().keySet().removeIf(it -> it.startsWith("HELM_") && !it.equals("HELM_DOWNLOAD_URL"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a command was running", e);
        }
    }

    private static String operatingSystem() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
    }

    private static String architecture() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "amd64";
    }
}
