package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.replicas.Failover;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With the packaged operator, in processes of their own. */
class FailoverIT {

    @Test
    void anotherReplicaTakesOverFromOneThatIsKilledStoppedOrFrozen() {
        assertThat(Failover.run(
                        System.out,
                        Map.of(
                                "leader-election.lease-duration", "3s",
                                "leader-election.renew-deadline", "2s",
                                "leader-election.retry-period", "500ms")))
                .isZero();
    }
}
