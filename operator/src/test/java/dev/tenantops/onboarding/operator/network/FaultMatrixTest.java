package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each fault has a reason of its own, through whatever proxy it is met. */
class FaultMatrixTest {

    @TempDir
    private Path folder;

    static List<FaultTrial> trials() {
        return FaultMatrix.trials();
    }

    @ParameterizedTest
    @MethodSource("trials")
    void aFaultIsNamed(FaultTrial trial) throws Exception {
        assumeTrue(trial.way().absence().isEmpty(), () -> trial.way().absence().orElseThrow());

        FaultTrial.Outcome outcome = FaultMatrix.run(trial, folder);

        assertThat(outcome.name()).as(outcome.toString()).isEqualTo(trial.expected());
        assertThat(outcome.toString())
                .doesNotContain(FaultGround.CREDENTIALS.password())
                .doesNotContain(FaultGround.CREDENTIALS.userPass());
    }

    @Test
    void everyReasonIsSeenWithoutAnyProductInstalled() {
        assertThat(FaultMatrix.trials().stream()
                        .filter(it -> it.way() == Way.DIRECT || it.way() == Way.SCRIPTED)
                        .map(FaultTrial::expected))
                .containsAll(Stream.of(Reason.values()).map(Reason::name).toList());
    }
}
