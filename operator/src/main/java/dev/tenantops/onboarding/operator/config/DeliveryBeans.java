package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.CatalogChecks;
import dev.tenantops.onboarding.operator.CheckTrace;
import dev.tenantops.onboarding.operator.Delivery;
import dev.tenantops.onboarding.operator.HomeTenants;
import dev.tenantops.onboarding.operator.OnboardingChecks;
import dev.tenantops.onboarding.operator.OnboardingPipeline;
import dev.tenantops.onboarding.operator.ShardReport;
import dev.tenantops.onboarding.operator.cluster.ClaimWatch;
import dev.tenantops.onboarding.operator.cluster.ClusterCache;
import dev.tenantops.onboarding.operator.cluster.DeliveryClient;
import dev.tenantops.onboarding.operator.cluster.ShardWatch;
import dev.tenantops.onboarding.operator.config.PipelineBeans.VirtualThreads;
import dev.tenantops.onboarding.operator.delivery.CheckSchedule;
import dev.tenantops.onboarding.operator.delivery.EventWriter;
import dev.tenantops.onboarding.operator.delivery.Schedules;
import dev.tenantops.onboarding.operator.delivery.StatusWriter;
import dev.tenantops.onboarding.operator.delivery.Writers;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.leaderelection.Leadership;
import dev.tenantops.onboarding.operator.leaderelection.Replica;
import dev.tenantops.onboarding.operator.observe.PublisherDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.sharding.Shard;
import dev.tenantops.onboarding.operator.telemetry.DeliveryMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What looks at onboardings and catalogs when they are due, and writes down what came of it. */
@Singleton
public class DeliveryBeans {

    /** A trigger in a loop, by a person or by a program, costs one check in this time. */
    private static final Duration LEAST_DISTANCE = Duration.ofSeconds(1);

    /** Every request has its own limit; a check of many pages has many. */
    private static final int LONGEST_CHECK_IN_REQUESTS = 20;

    private final OnboardingConfig config;

    @Inject
    public DeliveryBeans(OnboardingConfig config) {
        this.config = config;
    }

    /**
     * When onboardings and catalogs are looked at. Of catalogs one at a time, since that waits for nobody; of onboardings
     * more than there are requests to Microsoft Graph, so that none of these waits while a check judges.
     */
    @Produces
    @Singleton
    Schedules schedules() {
        return new Schedules(
                new CheckSchedule(config.verification().maxConcurrent() * 5 / 4, LEAST_DISTANCE),
                new CheckSchedule(1, LEAST_DISTANCE));
    }

    @Produces
    @Singleton
    EventWriter eventWriter(KubernetesClient client, Replica replica, OnboardingConfig config) {
        return new EventWriter(client, replica.name(), config.events().runbookBaseUrl());
    }

    @Produces
    @Singleton
    Writers writers(
            DeliveryClient delivery,
            KubernetesClient client,
            EventWriter events,
            Schedules schedules,
            Leadership leadership,
            DeliveryMetrics metrics,
            Shard shard,
            Clock clock) {
        return new Writers(
                new StatusWriter<>(
                        delivery.client(),
                        events,
                        new StatusWriter.Kind<>(
                                TenantOnboarding.class,
                                TenantOnboarding::new,
                                schedules.onboardings()::request,
                                metrics,
                                current -> Optional.of(OnboardingChecks.unwritable(current, clock.instant())),
                                shard::has),
                        leadership::holds,
                        clock),
                new StatusWriter<>(
                        client,
                        events,
                        new StatusWriter.Kind<>(
                                ApplicationCatalog.class,
                                ApplicationCatalog::new,
                                schedules.catalogs()::request,
                                metrics,
                                _ -> Optional.empty()),
                        leadership::holds,
                        clock));
    }

    @Produces
    @Singleton
    OnboardingChecks onboardingChecks(
            ClusterCache cluster,
            ClaimWatch claims,
            OnboardingPipeline pipeline,
            Writers writers,
            Schedules schedules,
            VerificationTiming timing,
            CheckTrace trace,
            Clock clock) {
        return new OnboardingChecks(
                cluster, claims, pipeline, writers.onboardings(), schedules.onboardings(), timing, trace, clock);
    }

    @Produces
    @Singleton
    HomeTenants homeTenants(
            PublisherDirectory directory,
            Clouds clouds,
            VerifierSecrets secrets,
            VirtualThreads threads,
            Schedules schedules,
            VerificationTiming timing,
            Clock clock) {
        return new HomeTenants(
                directory,
                clouds,
                secrets,
                PipelineBeans.callback(config),
                timing.defaultInterval(),
                threads.executor(),
                schedules.catalogs()::request,
                clock);
    }

    @Produces
    @Singleton
    CatalogChecks catalogChecks(
            ClusterCache cluster,
            Clouds clouds,
            VerifierSecrets secrets,
            Writers writers,
            Schedules schedules,
            Shard shard,
            ShardReport report,
            ShardWatch shards,
            HomeTenants homes,
            VerificationTiming timing,
            Clock clock) {
        return new CatalogChecks(
                cluster,
                clouds,
                secrets,
                writers.catalogs(),
                schedules.catalogs(),
                shard,
                it -> shards.useOfOthers(it).map(report.use(it)::and),
                homes,
                timing,
                clock);
    }

    @Produces
    @Singleton
    Delivery delivery(
            OnboardingChecks onboardings,
            CatalogChecks catalogs,
            Writers writers,
            EventWriter events,
            ShardReport report,
            ShardWatch shards,
            DeliveryMetrics metrics) {
        return new Delivery(
                onboardings,
                catalogs,
                writers.onboardings(),
                writers.catalogs(),
                events,
                report,
                shards,
                config.verification().requestTimeout().multipliedBy(LONGEST_CHECK_IN_REQUESTS),
                metrics);
    }
}
