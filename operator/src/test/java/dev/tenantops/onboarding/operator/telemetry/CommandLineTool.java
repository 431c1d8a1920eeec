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

/** A tool of others that reads what is here as its users will: promtool of the package prometheus, or amtool. */
final class CommandLineTool {

    /** What it printed to both streams, and how it ended. */
    record Result(int exitCode, String output) {}

    private CommandLineTool() {}

    /** Runs it; the test is skipped where it is absent. */
    static Result run(String tool, String... arguments) {
        var present = Stream.of(System.getenv("PATH").split(":")).anyMatch(it -> Files.isExecutable(Path.of(it, tool)));
        if (!present) {
            System.out.println("No " + tool + " here: nothing is checked with it.");
        }
        Assumptions.assumeTrue(present, tool + " is absent");
        var command = new ArrayList<>(List.of(tool));
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
            throw new IllegalStateException("interrupted while " + tool + " was running", e);
        }
    }
}
