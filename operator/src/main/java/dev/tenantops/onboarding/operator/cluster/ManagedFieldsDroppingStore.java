package dev.tenantops.onboarding.operator.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.util.List;

/**
 * Keeps resources without their managed fields, which are several kilobytes on each that the operator never reads.
 *
 * @param <T> the resources
 */
public class ManagedFieldsDroppingStore<T extends HasMetadata> extends BasicItemStore<T> {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    public ManagedFieldsDroppingStore() {
        super(Cache::metaNamespaceKeyFunc);
    }

    @Override
    public T put(String key, T item) {
        var metadata = item.getMetadata();
        metadata.setManagedFields(List.of());
        if (metadata.getAnnotations() != null) {
            metadata.getAnnotations().remove(LAST_APPLIED);
        }
        return super.put(key, item);
    }
}
