package dev.tenantops.onboarding.operator.cluster;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Keeps Leases, and when each was last seen to change: what the clocks of their holders say proves nothing. */
public final class LeaseStore extends ManagedFieldsDroppingStore<Lease> {

    private final LongSupplier nanoTime;
    private final Map<String, Long> changes = new ConcurrentHashMap<>();

    LeaseStore(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public Lease put(String key, Lease item) {
        var before = get(key);
        if (before == null || !Objects.equals(before.getSpec(), item.getSpec())) {
            changes.put(key, nanoTime.getAsLong());
        }
        return super.put(key, item);
    }

    @Override
    public Lease remove(String key) {
        changes.remove(key);
        return super.remove(key);
    }

    /** Whether somebody holds a Lease, and has renewed it in time. */
    boolean isRenewed(Lease lease) {
        var spec = Optional.ofNullable(lease.getSpec());
        var duration = spec.map(LeaseSpec::getLeaseDurationSeconds).orElse(0);
        return spec.map(LeaseSpec::getHolderIdentity)
                        .filter(it -> !it.isBlank())
                        .isPresent()
                && Optional.ofNullable(changes.get(getKey(lease)))
                        .filter(it -> nanoTime.getAsLong() - it
                                < Duration.ofSeconds(duration).toNanos())
                        .isPresent();
    }
}
