package dev.tenantops.onboarding.operator.leaderelection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SteadyLeaseTest {

    private static final Duration LEASE_DURATION = Duration.ofSeconds(15);

    private final StoredLease stored = new StoredLease();
    private long nanos = TimeUnit.DAYS.toNanos(1);
    private final SteadyLease lease = new SteadyLease(stored, () -> nanos);

    @Test
    void theLeaseOfALeaderWhoseClockIsBehindIsNotTakenForRunOut() {
        stored.heldBy("pod-2", ZonedDateTime.now(ZoneOffset.UTC).minusHours(1));
        assertThat(runOut()).isFalse();
        pass(LEASE_DURATION.minusSeconds(1));
        assertThat(runOut()).isFalse();
    }

    @Test
    void aLeaseThatChangesIsAlive() {
        for (int second = 0; second < 60; second += 2) {
            stored.heldBy(
                    "pod-2", ZonedDateTime.now(ZoneOffset.UTC).minusHours(1).plusSeconds(second));
            assertThat(runOut()).isFalse();
            pass(Duration.ofSeconds(2));
        }
    }

    @Test
    void aLeaseThatDoesNotChangeForItsDurationHasRunOutHoweverFarAheadItsClockWas() {
        stored.heldBy("pod-2", ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        assertThat(runOut()).isFalse();
        pass(LEASE_DURATION.plusSeconds(1));
        assertThat(runOut()).isTrue();
    }

    @Test
    void aReplicaHoldsItsLeaseForAsLongAsItHasRenewedIt() {
        assertThat(lease.renewedWithin(LEASE_DURATION)).isFalse();
        lease.update(null, stored.record);
        assertThat(lease.renewedWithin(LEASE_DURATION)).isTrue();
        pass(LEASE_DURATION.plusSeconds(1));
        assertThat(lease.renewedWithin(LEASE_DURATION)).isFalse();
    }

    /** As the elector of the Kubernetes client judges. */
    private boolean runOut() {
        var record = lease.get(null);
        return ZonedDateTime.now(ZoneOffset.UTC).isAfter(record.getRenewTime().plus(record.getLeaseDuration()));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static final class StoredLease implements Lock {

        private LeaderElectionRecord record;

        void heldBy(String holder, ZonedDateTime renewed) {
            record = new LeaderElectionRecord(holder, LEASE_DURATION, renewed, renewed, 1);
        }

        @Override
        public LeaderElectionRecord get(KubernetesClient client) {
            return record;
        }

        @Override
        public void create(KubernetesClient client, LeaderElectionRecord created) {
            record = created;
        }

        @Override
        public void update(KubernetesClient client, LeaderElectionRecord updated) {
            record = updated;
        }

        @Override
        public String identity() {
            return "pod-1";
        }

        @Override
        public String describe() {
            return "a lease";
        }
    }
}
