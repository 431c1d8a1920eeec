package dev.tenantops.onboarding.operator.document;

import dev.tenantops.onboarding.sandbox.process.ChildEnvironment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** A bash that is given one block after the other, as by a person, and stops at the first command that fails. */
final class Shell implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Process bash;
    private final Writer commands;
    private final BufferedReader output;
    private final Future<?> limit;

    private Shell(Process bash) {
        this.bash = bash;
        this.commands = bash.outputWriter(StandardCharsets.UTF_8);
        this.output = bash.inputReader(StandardCharsets.UTF_8);
        this.limit = CompletableFuture.runAsync(
                this::kill, CompletableFuture.delayedExecutor(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }

    static Shell in(Path folder) {
        var builder = new ProcessBuilder("bash", "-eu", "-o", "pipefail")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        ChildEnvironment.clean(builder.environment());
        try {
            return new Shell(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a block.
     *
     * @return what it printed
     * @throws IllegalStateException when a command of it fails, or all that was run takes longer than five minutes
     */
    String run(String block) {
        var end = "end-" + UUID.randomUUID();
        try {
            commands.write(block + "\necho " + end + "\n");
            commands.flush();
            var printed = new StringBuilder();
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals(end)) {
                    return printed.toString();
                }
                printed.append(line).append('\n');
            }
            throw new IllegalStateException(
                    "This block failed, or took too long:\n" + block + "It printed:\n" + printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        limit.cancel(false);
        kill();
    }

    private void kill() {
        bash.descendants().forEach(ProcessHandle::destroy);
        bash.destroyForcibly();
    }
}
