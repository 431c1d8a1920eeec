package dev.tenantops.onboarding.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.sharding.Shard;
import dev.tenantops.onboarding.operator.sharding.ShardSelector;
import dev.tenantops.onboarding.operator.status.CatalogUse;
import org.junit.jupiter.api.Test;

class ShardWatchTest {

    private static final ObjectKey LEASE = new ObjectKey("operator", "shard-a");

    @Test
    void whatOtherShardsMakeOfACatalogIsNotKnownBeforeTheirLeasesAre() {
        assertThat(watch(new Shard("a", ShardSelector.parse("shard=a"), true)).useOfOthers("acme"))
                .isEmpty();
    }

    @Test
    void whereEverythingIsItsOwnThereAreNoOthers() {
        assertThat(watch(new Shard("all", ShardSelector.ALL, true)).useOfOthers("acme"))
                .contains(CatalogUse.NONE);
    }

    private static ShardWatch watch(Shard shard) {
        return new ShardWatch(shard, LEASE, null, () -> null);
    }
}
