package dev.tenantops.onboarding.sandbox.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StepsTest {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Steps steps = new Steps(new PrintStream(output, true, StandardCharsets.UTF_8));

    @Test
    void eachStepIsOneLineAndAFailureSaysWhatWasSeen() {
        steps.step("it starts", () -> "one\n  two");
        assertThatThrownBy(() -> steps.step("it runs", () -> {
                    throw new IllegalStateException("it is gone");
                }))
                .isInstanceOf(Steps.Failed.class);

        assertThat(output.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("ok 1  it starts: one | two", "FAILED 2  it runs: it is gone");
        assertThat(steps.summary()).isEqualTo("2 steps, 1 failed");
        assertThat(steps.failed()).isEqualTo(1);
    }
}
