package dev.tenantops.onboarding.operator.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Prometheus' own tool, which comes with the package prometheus. */
final class Promtool {

    /** What it printed to both streams, and how it ended. */
    record Result(int exitCode, String output) {}

    private Promtool() {}

    /** Runs it; the test is skipped where it is absent. */
    static Result run(String... arguments) {
        var present =
                Stream.of(System.getenv("PATH").split(":")).anyMatch(it -> Files.isExecutable(Path.of(it, "promtool")));
        if (!present) {
            System.out.println("No promtool here: alerts and dashboards are not checked with it.");
        }
        Assumptions.assumeTrue(present, "promtool is absent");
        var command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while promtool was running", e);
        }
    }
}
