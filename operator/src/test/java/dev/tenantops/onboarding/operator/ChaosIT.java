package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tenantops.onboarding.sandbox.chaos.Chaos;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With the packaged operator, in processes of their own, as the chart installs it. */
class ChaosIT {

    private static final long SEED = 13;
    private static final int ONBOARDINGS = 12;

    @Test
    void whateverGoesWrongNoPromiseIsBroken() {
        assumeThat(Chaos.obstacle()).isEmpty();
        assertThat(Chaos.run(System.out, SEED, Duration.ofMinutes(2), ONBOARDINGS, List.of()))
                .isZero();
    }
}
