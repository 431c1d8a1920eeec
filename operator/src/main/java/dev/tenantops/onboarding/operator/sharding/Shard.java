package dev.tenantops.onboarding.operator.sharding;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Map;
import java.util.Objects;

/**
 * The part of the onboardings that this release of the operator verifies.
 *
 * @param name what tells it from other shards in metrics
 * @param catalogs whether it writes the statuses of the catalogs, and looks for onboardings that are no shard's
 */
public record Shard(String name, ShardSelector selector, boolean catalogs) {

    /** Whether there may be others. */
    public boolean isPart() {
        return !selector.isAll();
    }

    /** Whether an onboarding is this shard's to verify. */
    public boolean has(HasMetadata onboarding) {
        return selector.matches(labels(onboarding));
    }

    static Map<String, String> labels(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }
}
