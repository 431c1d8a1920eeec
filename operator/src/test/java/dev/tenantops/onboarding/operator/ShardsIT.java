package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.replicas.Shards;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With the packaged operator, in processes of their own that have the chart's rights. */
class ShardsIT {

    @Test
    void threeShardsVerifyEachOnboardingOnceAndTakeOverFromTheirOwn() {
        assumeThat(OperatorSandbox.chartObstacle()).isEmpty();
        assertThat(Shards.run(
                        System.out,
                        Map.of(
                                "leader-election.lease-duration", "4s",
                                "leader-election.renew-deadline", "3s",
                                "leader-election.retry-period", "1s")))
                .isZero();
    }
}
