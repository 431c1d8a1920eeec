package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.ShardReport;
import dev.tenantops.onboarding.operator.cluster.ClusterCache;
import dev.tenantops.onboarding.operator.cluster.DeliveryClient;
import dev.tenantops.onboarding.operator.cluster.ShardWatch;
import dev.tenantops.onboarding.operator.config.OnboardingConfig.Mode;
import dev.tenantops.onboarding.operator.config.PageBeans.PageProcess;
import dev.tenantops.onboarding.operator.delivery.Schedules;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.leaderelection.Leadership;
import dev.tenantops.onboarding.operator.leaderelection.Replica;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.page.KubernetesOnboardings;
import dev.tenantops.onboarding.operator.page.OnboardingLookup;
import dev.tenantops.onboarding.operator.sharding.Shard;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** Who this replica is, whether it leads, and what it knows of the cluster. */
@Singleton
public class ClusterBeans {

    private final OnboardingConfig config;

    @Inject
    public ClusterBeans(OnboardingConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    Replica replica(KubernetesClient client) {
        return new Replica(
                config.namespace()
                        .or(() -> Optional.ofNullable(client.getNamespace()))
                        .orElse("default"),
                Optional.ofNullable(System.getenv("HOSTNAME"))
                        .filter(it -> !it.isBlank())
                        .orElseGet(() -> UUID.randomUUID().toString()));
    }

    @Produces
    @Singleton
    Leadership leadership(Replica replica, DeliveryClient delivery, ShardReport report) {
        // Halting is at once. An orderly end would let checks go on beside those of the new leader.
        return new Leadership(
                config.leaderElection(), replica, delivery.client(), report::annotations, Runtime.getRuntime()::halt);
    }

    @Produces
    @Singleton
    ClusterCache clusterCache(Replica replica, Shard shard, Schedules schedules, Clouds clouds) {
        return new ClusterCache(
                replica.namespace(),
                shard.catalogs() ? schedules.catalogs()::request : _ -> {},
                clouds,
                schedules.onboardings()::request);
    }

    @Produces
    @Singleton
    VerifierSecrets verifierSecrets(ClusterCache cluster) {
        return new VerifierSecrets(
                cluster::verifierSecret,
                cluster::credentialChanged,
                Optional.ofNullable(System.getenv("AZURE_FEDERATED_TOKEN_FILE")));
    }

    @Produces
    @Singleton
    OnboardingLookup onboardingLookup(
            KubernetesClient client,
            Instance<ClusterCache> caches,
            Instance<ShardWatch> watches,
            Instance<PageProcess> page) {
        if (config.mode() == Mode.Page) {
            var watch = page.get().watch();
            return new KubernetesOnboardings(client, watch::onboarding, watch::onboardings);
        }
        var cluster = caches.get();
        var shards = watches.get();
        return new KubernetesOnboardings(
                client, uid -> cluster.onboarding(uid).or(() -> shards.onboarding(uid)), cluster::onboardings);
    }
}
