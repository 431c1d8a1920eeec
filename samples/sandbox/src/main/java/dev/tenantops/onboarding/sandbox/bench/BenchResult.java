package dev.tenantops.onboarding.sandbox.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that a run of the bench has measured. What it did not come to is null.
 *
 * @param sweeps the first checks of everything, by the number of onboardings
 * @param start seconds to the first status, with one onboarding waiting
 * @param idle the same runtime with an empty Quarkus and Java Operator SDK application
 * @param full as many checks as the operator can do
 * @param failures parts that came to no end, and why
 * @param consent seconds from a callback to Ready, among the most onboardings
 */
record BenchResult(
        Machine machine,
        Setup setup,
        List<Sweep> sweeps,
        Quantiles start,
        Idle idle,
        Comparison full,
        Comparison slow,
        Quantiles consent,
        Hour hour,
        List<String> failures) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * What ran.
     *
     * @param program whose runtime it was
     * @param memoryLimitMib of the chart
     */
    record Setup(String kubernetes, String program, String javaOptions, long memoryLimitMib, String day) {}

    /** What there is before there is any onboarding. */
    record Idle(double residentMib, double peakMib) {}

    /**
     * The operator beside the plain loop.
     *
     * @param delayMillis that every batch was answered late
     */
    record Comparison(int onboardings, long delayMillis, Unchanged operator, PlainLoop.Measured loop) {

        /** Which part of the loop's rate the operator has. */
        double part() {
            return operator.checksPerSecond() / loop.checksPerSecond();
        }
    }

    Sweep largest() {
        return sweeps.getLast();
    }

    void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, JSON.writeValueAsString(this) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BenchResult read(Path file) {
        try {
            return JSON.readValue(file.toFile(), BenchResult.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
