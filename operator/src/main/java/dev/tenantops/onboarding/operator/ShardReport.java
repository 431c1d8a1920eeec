package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.cluster.ClusterCache;
import dev.tenantops.onboarding.operator.desired.CatalogRetirement;
import dev.tenantops.onboarding.operator.desired.CloudName;
import dev.tenantops.onboarding.operator.sharding.Shard;
import dev.tenantops.onboarding.operator.sharding.ShardNotice;
import dev.tenantops.onboarding.operator.status.CatalogUse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What this shard says of itself on its Lease. What its onboardings make of the catalogs is counted now and then, and not
 * whenever the Lease is renewed, which must not wait.
 */
public final class ShardReport {

    private final Shard shard;
    private final ClusterCache cluster;
    private final Predicate<CloudName> showsDeactivation;
    private volatile Map<String, String> counted = Map.of();

    /** @param showsDeactivation whether what is read in a cloud tells when a publisher deactivated an application */
    public ShardReport(Shard shard, ClusterCache cluster, Predicate<CloudName> showsDeactivation) {
        this.shard = shard;
        this.cluster = cluster;
        this.showsDeactivation = showsDeactivation;
    }

    /** Annotations of the Lease. Before the first count those of the former leader stay. */
    public Map<String, String> annotations() {
        var annotations = new HashMap<>(ShardNotice.annotations(shard));
        annotations.putAll(counted);
        return annotations;
    }

    /** What this shard's onboardings make of a catalog. */
    public CatalogUse use(String catalog) {
        var notShown = cluster.catalog(catalog)
                .map(it -> CloudName.of(it.getSpec()))
                .filter(showsDeactivation.negate())
                .isPresent();
        return CatalogUse.of(
                        catalog,
                        cluster.catalog(catalog)
                                .map(it -> CatalogRetirement.of(it.getSpec()))
                                .orElse(List.of()),
                        cluster.onboardingsOf(catalog).stream()
                                .map(TenantOnboarding::known)
                                .toList())
                .deactivationNotShown(notShown);
    }

    /** Counts anew. */
    void count() {
        if (shard.isPart() && cluster.synced()) {
            counted = ShardNotice.annotations(cluster.catalogs()
                    .map(it -> it.getMetadata().getName())
                    .collect(Collectors.toMap(Function.identity(), this::use)));
        }
    }
}
