package dev.tenantops.onboarding.operator.cluster;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.sharding.Shard;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells {@link TenantClaims} of all onboardings that there are. A release that is no shard keeps them anyway. A shard
 * watches those of the others as well, of which it keeps no more than what they claim: a claim is one in the whole cluster,
 * and another shard's onboarding may hold it.
 */
public final class ClaimWatch {

    private static final long PAGE = 500L;

    private final boolean enabled;
    private final Shard shard;
    private final ClusterCache cluster;
    private volatile InformerEventSource<TenantOnboarding, TenantOnboarding> everywhere;

    /** @param enabled whether only one onboarding verifies a tenant with a verifier */
    public ClaimWatch(boolean enabled, Shard shard, ClusterCache cluster) {
        this.enabled = enabled;
        this.shard = shard;
        this.cluster = cluster;
    }

    public List<EventSource<?, TenantOnboarding>> eventSources(EventSourceContext<TenantOnboarding> context) {
        if (!enabled) {
            return List.of();
        }
        if (!shard.isPart()) {
            var store = context.getControllerConfiguration().getInformerConfig().getItemStore();
            ((OnboardingStore) store).follow(cluster.claims());
            return List.of();
        }
        everywhere = new InformerEventSource<>(
                InformerEventSourceConfiguration.from(TenantOnboarding.class, TenantOnboarding.class)
                        .withName("claims-of-all-shards")
                        .withWatchAllNamespaces()
                        .withInformerListLimit(PAGE)
                        .withItemStore(new ClaimantStore(cluster.claims()))
                        .withPrimaryToSecondaryMapper(_ -> Set.of())
                        .withSecondaryToPrimaryMapper(_ -> Set.of())
                        .build(),
                context);
        return List.of(everywhere);
    }

    /**
     * The catalogs with whose verifiers the tenant is another onboarding's to verify; empty while that is not known, as
     * before the caches are filled. Then it is not known either that it is this one's.
     */
    public Optional<Set<String>> elsewhere(TenantOnboarding onboarding) {
        if (!enabled) {
            return Optional.of(Set.of());
        }
        if (!isFilled()) {
            return Optional.empty();
        }
        cluster.claims().open();
        return cluster.claims().elsewhere(onboarding);
    }

    private boolean isFilled() {
        return cluster.synced() && (!shard.isPart() || (everywhere != null && everywhere.isRunning()));
    }
}
