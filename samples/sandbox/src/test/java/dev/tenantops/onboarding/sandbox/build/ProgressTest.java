package dev.tenantops.onboarding.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code .ci/progress}: whoever waits is told for what. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs a script of bash, which make needs as well")
class ProgressTest {

    @TempDir
    Path folder;

    private record Outcome(int exitCode, String output) {}

    @Test
    void whatIsDoneIsSaidBeforeItIsDone() throws Exception {
        assertThat(progress("echo done")).isEqualTo(new Outcome(0, "Building (about a minute) ...\ndone\n"));
    }

    @Test
    void aFailureIsTheCommands() throws Exception {
        assertThat(progress("exit 3")).isEqualTo(new Outcome(3, "Building (about a minute) ...\n"));
    }

    /** The command goes on until that was said, and the test with it. */
    @Test
    void whatTakesLongIsSaidToGoOn() throws Exception {
        Path said = folder.resolve("said");
        assertThat(progress("until grep -q 'minutes now' " + said + "; do sleep 0.1; done", said))
                .isZero();
    }

    private static Outcome progress(String command) throws IOException, InterruptedException {
        Process process = builder(command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output);
    }

    private static int progress(String command, Path output) throws IOException, InterruptedException {
        Process process = builder(command).redirectOutput(output.toFile()).start();
        try {
            return process.waitFor(1, TimeUnit.MINUTES) ? process.exitValue() : -1;
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static ProcessBuilder builder(String command) {
        List<String> words = new ArrayList<>(
                List.of(Samples.repository().resolve(".ci/progress").toString()));
        words.addAll(List.of("Building", "about a minute", "bash", "-c", command));
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().put("PROGRESS_SECONDS", "1");
        return builder;
    }
}
