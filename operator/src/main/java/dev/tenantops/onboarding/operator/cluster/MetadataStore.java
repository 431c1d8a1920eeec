package dev.tenantops.onboarding.operator.cluster;

import com.github.benmanes.caffeine.cache.Interner;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Map;
import java.util.Optional;

/** Keeps of each resource who it is and its labels, of which many are equal. */
public final class MetadataStore extends ManagedFieldsDroppingStore<GenericKubernetesResource> {

    private final Interner<Map<String, String>> labels = Interner.newWeakInterner();

    @Override
    public GenericKubernetesResource put(String key, GenericKubernetesResource item) {
        var kept = new GenericKubernetesResource();
        kept.setMetadata(reduced(item.getMetadata()));
        return super.put(key, kept);
    }

    private ObjectMeta reduced(ObjectMeta metadata) {
        var reduced = new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .build();
        reduced.setLabels(
                Optional.ofNullable(metadata.getLabels()).map(labels::intern).orElse(null));
        return reduced;
    }
}
