package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.operator.sharding.Shard;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;

/** Names the shard in every metric, where there are shards. */
public class ShardMetrics {

    private static final String LABEL = "shard";

    @Produces
    @Singleton
    MeterFilter shardOnEveryMeter(Shard shard) {
        return MeterFilter.commonTags(labels(shard).entrySet().stream()
                .map(it -> Tag.of(it.getKey(), it.getValue()))
                .toList());
    }

    static Map<String, String> labels(Shard shard) {
        return shard.isPart() ? Map.of(LABEL, shard.name()) : Map.of();
    }
}
