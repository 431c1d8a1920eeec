package dev.tenantops.onboarding.operator.leaderelection;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A lease that is judged by when this replica last saw it change, as Kubernetes' own components do. The elector of the
 * Kubernetes client compares the holder's clock with its own: where that is ahead, it takes the lease of a leader that is
 * well (fabric8io/kubernetes-client issue 7258).
 */
public final class SteadyLease implements Lock {

    private final Lock lease;
    private final LongSupplier nanoTime;
    private Optional<LeaderElectionRecord> seen = Optional.empty();
    private long seenAt;
    private volatile Optional<Long> renewedAt = Optional.empty();

    SteadyLease(Lock lease, LongSupplier nanoTime) {
        this.lease = lease;
        this.nanoTime = nanoTime;
    }

    /** The lease, renewed as long ago by this replica's clock as it was seen to change. */
    @Override
    public synchronized LeaderElectionRecord get(KubernetesClient client) {
        var found = lease.get(client);
        if (found == null || identity().equals(found.getHolderIdentity())) {
            seen = Optional.empty();
            return found;
        }
        if (!seen.map(it -> isSame(it, found)).orElse(false)) {
            seen = Optional.of(found);
            seenAt = nanoTime.getAsLong();
        }
        return new LeaderElectionRecord(
                found.getHolderIdentity(),
                found.getLeaseDuration(),
                found.getAcquireTime(),
                ZonedDateTime.now(ZoneOffset.UTC).minus(Duration.ofNanos(nanoTime.getAsLong() - seenAt)),
                found.getLeaderTransitions());
    }

    @Override
    public void create(KubernetesClient client, LeaderElectionRecord record) {
        var begun = nanoTime.getAsLong();
        lease.create(client, record);
        renewedAt = Optional.of(begun);
    }

    @Override
    public void update(KubernetesClient client, LeaderElectionRecord record) {
        var begun = nanoTime.getAsLong();
        lease.update(client, record);
        renewedAt = Optional.of(begun);
    }

    @Override
    public String identity() {
        return lease.identity();
    }

    @Override
    public String describe() {
        return lease.describe();
    }

    /** Whether this replica has renewed it within this time, so that no other can have taken it. */
    boolean renewedWithin(Duration time) {
        return renewedAt
                .filter(it -> nanoTime.getAsLong() - it < time.toNanos())
                .isPresent();
    }

    private static boolean isSame(LeaderElectionRecord first, LeaderElectionRecord second) {
        return Objects.equals(first.getHolderIdentity(), second.getHolderIdentity())
                && Objects.equals(first.getRenewTime(), second.getRenewTime())
                && first.getLeaderTransitions() == second.getLeaderTransitions();
    }
}
