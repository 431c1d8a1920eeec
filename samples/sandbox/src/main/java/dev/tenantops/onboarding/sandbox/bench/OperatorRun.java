package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The operator from its start to its end.
 *
 * @param begun when it was started, of {@link System#nanoTime}
 */
record OperatorRun(OperatorProcess process, long begun) implements AutoCloseable {

    long pid() {
        return process.pid();
    }

    /** Why it is not running any more; empty while it is. */
    Optional<String> ending() {
        return process.exitCode()
                .map(it -> "the operator ended with exit code %d: %s".formatted(it, lastLine(process.log())));
    }

    private static String lastLine(Path log) {
        try {
            return Files.readAllLines(log).stream()
                    .filter(it -> !it.isBlank())
                    .reduce((_, later) -> later)
                    .orElse("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessUsage usage() {
        return ProcessUsage.of(pid());
    }

    /** Ends it as a kubelet does, so that the next one need not wait for its lease. */
    @Override
    public void close() {
        process.close();
    }
}
