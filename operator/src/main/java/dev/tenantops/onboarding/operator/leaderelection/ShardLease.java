package dev.tenantops.onboarding.operator.leaderelection;

import dev.tenantops.onboarding.api.ApiGroup;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.util.Map;
import java.util.function.Supplier;

/** A Lease on which its holder says what it verifies, in the same request with which it takes or renews the Lease. */
public final class ShardLease extends LeaseLock {

    private final Supplier<Map<String, String>> notice;

    ShardLease(Replica replica, String name, Supplier<Map<String, String>> notice) {
        super(replica.namespace(), name, replica.name());
        this.notice = notice;
    }

    @Override
    protected ObjectMetaBuilder getObjectMeta(String resourceVersion) {
        return super.getObjectMeta(resourceVersion)
                .addToLabels(ApiGroup.SHARD_LABEL, "true")
                .addToAnnotations(notice.get());
    }
}
