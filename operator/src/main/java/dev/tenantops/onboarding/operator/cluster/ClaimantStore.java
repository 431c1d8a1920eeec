package dev.tenantops.onboarding.operator.cluster;

import com.github.benmanes.caffeine.cache.Interner;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;

/** Keeps of each onboarding who it is, how old, and what it claims. */
final class ClaimantStore extends ManagedFieldsDroppingStore<TenantOnboarding> {

    private final Interner<List<License>> licenses = Interner.newWeakInterner();
    private final TenantClaims claims;

    /** @param claims follow what is kept */
    ClaimantStore(TenantClaims claims) {
        this.claims = claims;
    }

    @Override
    public TenantOnboarding put(String key, TenantOnboarding item) {
        var kept = new TenantOnboarding();
        kept.setMetadata(reduced(item.getMetadata()));
        kept.setSpec(new TenantOnboardingSpec(
                item.getSpec().tenantId(), licenses.intern(item.getSpec().licenses()), null, null, false));
        var before = super.put(key, kept);
        claims.put(kept);
        return before;
    }

    @Override
    public TenantOnboarding remove(String key) {
        var removed = super.remove(key);
        if (removed != null) {
            claims.remove(ObjectKey.of(removed));
        }
        return removed;
    }

    private static ObjectMeta reduced(ObjectMeta metadata) {
        return new ObjectMetaBuilder()
                .withNamespace(metadata.getNamespace())
                .withName(metadata.getName())
                .withUid(metadata.getUid())
                .withResourceVersion(metadata.getResourceVersion())
                .withCreationTimestamp(metadata.getCreationTimestamp())
                .withDeletionTimestamp(metadata.getDeletionTimestamp())
                .build();
    }
}
