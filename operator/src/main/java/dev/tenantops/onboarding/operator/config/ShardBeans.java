package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.ShardReport;
import dev.tenantops.onboarding.operator.cluster.ClaimWatch;
import dev.tenantops.onboarding.operator.cluster.ClusterCache;
import dev.tenantops.onboarding.operator.cluster.MetadataClient;
import dev.tenantops.onboarding.operator.cluster.ShardWatch;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.leaderelection.Replica;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.sharding.Shard;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** What this release knows of its part of the onboardings, and of those that others have. */
@Singleton
public class ShardBeans {

    private final OnboardingConfig config;

    @Inject
    public ShardBeans(OnboardingConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    Shard shard() {
        return Shards.configured(config.sharding(), config.leaderElection());
    }

    @Produces
    @Singleton
    ShardReport shardReport(Shard shard, ClusterCache cluster, Clouds clouds, TenantDirectory directory) {
        return new ShardReport(
                shard,
                cluster,
                cloud -> clouds.endpoints(cloud)
                        .map(directory::showsDeactivation)
                        .orElse(true));
    }

    @Produces
    @Singleton
    ShardWatch shardWatch(Shard shard, Replica replica, KubernetesClient client, MetadataClient metadata) {
        return new ShardWatch(
                shard,
                new ObjectKey(replica.namespace(), config.leaderElection().leaseName()),
                client,
                metadata::client);
    }

    @Produces
    @Singleton
    ClaimWatch claimWatch(Shard shard, ClusterCache cluster) {
        return new ClaimWatch(config.claims().enabled(), shard, cluster);
    }
}
