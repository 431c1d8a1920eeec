package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.CatalogChecks;
import dev.tenantops.onboarding.operator.CheckTrace;
import dev.tenantops.onboarding.operator.Delivery;
import dev.tenantops.onboarding.operator.DiagnosedTenantDirectory;
import dev.tenantops.onboarding.operator.OnboardingChecks;
import dev.tenantops.onboarding.operator.OnboardingPipeline;
import dev.tenantops.onboarding.operator.PipelinePorts;
import dev.tenantops.onboarding.operator.PipelineTiming;
import dev.tenantops.onboarding.operator.ShardReport;
import dev.tenantops.onboarding.operator.cluster.ClusterCache;
import dev.tenantops.onboarding.operator.cluster.DeliveryClient;
import dev.tenantops.onboarding.operator.cluster.ShardWatch;
import dev.tenantops.onboarding.operator.delivery.CheckSchedule;
import dev.tenantops.onboarding.operator.delivery.EventWriter;
import dev.tenantops.onboarding.operator.delivery.Schedules;
import dev.tenantops.onboarding.operator.delivery.StatusWriter;
import dev.tenantops.onboarding.operator.delivery.Writers;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.endpoints.RoundExecutor;
import dev.tenantops.onboarding.operator.endpoints.RoundTiming;
import dev.tenantops.onboarding.operator.entra.EntraSettings;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.leaderelection.Leadership;
import dev.tenantops.onboarding.operator.leaderelection.Replica;
import dev.tenantops.onboarding.operator.network.ProbeSettings;
import dev.tenantops.onboarding.operator.network.RouteSetting;
import dev.tenantops.onboarding.operator.network.SharedProbes;
import dev.tenantops.onboarding.operator.network.SocketNetworkProbe;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.page.KubernetesOnboardings;
import dev.tenantops.onboarding.operator.page.OnboardingLookup;
import dev.tenantops.onboarding.operator.sharding.Shard;
import dev.tenantops.onboarding.operator.telemetry.DeliveryMetrics;
import dev.tenantops.onboarding.operator.telemetry.ProbeMetrics;
import dev.tenantops.onboarding.operator.telemetry.RequestMetrics;
import dev.tenantops.onboarding.operator.telemetry.Tracing;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.operator.verdict.Propagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** Puts the operator together from its configuration. */
@ApplicationScoped
public class OperatorBeans {

    private static final long MAX_RESPONSE_BYTES = 8L * 1024 * 1024;

    /** So long that many onboardings profit, and so short that each confirmation is a probe of its own. */
    private static final Duration LONGEST_SHARE = Duration.ofSeconds(10);

    /** A trigger in a loop, by a person or by a program, costs one check in this time. */
    private static final Duration LEAST_DISTANCE = Duration.ofSeconds(1);

    /** Every request has its own limit; a check of many pages has many. */
    private static final int LONGEST_CHECK_IN_REQUESTS = 20;

    private final OnboardingConfig config;

    public OperatorBeans(OnboardingConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
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
    EventWriter eventWriter(KubernetesClient client, Replica replica) {
        return new EventWriter(client, replica.name());
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
            OnboardingPipeline pipeline,
            Writers writers,
            Schedules schedules,
            VerificationTiming timing,
            CheckTrace trace,
            Clock clock) {
        return new OnboardingChecks(
                cluster, pipeline, writers.onboardings(), schedules.onboardings(), timing, trace, clock);
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

    /** Probes wait for other machines most of the time, which costs a virtual thread next to nothing. */
    @Produces
    @Singleton
    VirtualThreads virtualThreads() {
        return new VirtualThreads(Executors.newVirtualThreadPerTaskExecutor());
    }

    void close(@Disposes VirtualThreads threads) {
        threads.executor().shutdownNow();
    }

    /** An executor type of its own, so that Quarkus' executor stays the default. */
    record VirtualThreads(ExecutorService executor) {}

    @Produces
    @Singleton
    TrustAnchors trustAnchors() {
        return TrustAnchors.ofJdkAnd(config.tls().caBundle());
    }

    @Produces
    @Singleton
    TenantDirectory tenantDirectory(TrustAnchors trustAnchors, Clock clock, RequestMetrics metrics, Tracing tracing) {
        var proxy = ownProxy();
        var graph = new GraphTenantDirectory(
                new EntraSettings(
                        trustAnchors,
                        proxy,
                        config.verification().connectTimeout(),
                        config.verification().requestTimeout(),
                        MAX_RESPONSE_BYTES,
                        config.verification().definitions(),
                        config.verification().maxConcurrent()),
                clock,
                metrics.and(tracing.requests()));
        var probe = new SocketNetworkProbe(new ProbeSettings(
                trustAnchors,
                config.verification().connectTimeout(),
                config.verification().requestTimeout(),
                Duration.ZERO,
                ProbeSettings.ANY_ADDRESS,
                RouteSetting.OF_THE_OPERATOR));
        return new DiagnosedTenantDirectory(
                graph, new SharedProbes(probe, LONGEST_SHARE, config.network().maxConcurrent()), proxy);
    }

    void close(@Disposes TenantDirectory directory) {
        if (directory instanceof DiagnosedTenantDirectory diagnosed) {
            diagnosed.close();
        }
    }

    private Optional<ForwardProxy> ownProxy() {
        var proxy = config.proxy();
        var credentials = proxy.username()
                .map(it -> new ForwardProxy.Credentials(it, proxy.password().orElse("")));
        if (proxy.url().isEmpty() && credentials.isPresent()) {
            throw new IllegalArgumentException(
                    "onboarding.proxy.username is set and onboarding.proxy.url is not. Set both, or neither.");
        }
        return proxy.url().map(it -> new ForwardProxy(it, credentials, Optional.empty()));
    }

    @Produces
    @Singleton
    NetworkProbe networkProbe(TrustAnchors trustAnchors) {
        var probe = new SocketNetworkProbe(new ProbeSettings(
                trustAnchors,
                config.verification().connectTimeout(),
                config.verification().requestTimeout(),
                config.network().websocketHold(),
                config.network().allowedRanges().orElse(List.of()),
                RouteSetting.OF_THE_CUSTOMER));
        var half = config.network().confirmation().dividedBy(2);
        return new SharedProbes(
                probe,
                half.compareTo(LONGEST_SHARE) < 0 ? half : LONGEST_SHARE,
                config.network().maxConcurrent());
    }

    void endLookups(@Disposes NetworkProbe probe) {
        if (probe instanceof SharedProbes shared) {
            shared.close();
        }
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
    ClusterCache clusterCache(Replica replica, Shard shard, Schedules schedules) {
        return new ClusterCache(replica.namespace(), shard.catalogs() ? schedules.catalogs()::request : _ -> {});
    }

    @Produces
    @Singleton
    VerifierSecrets verifierSecrets(ClusterCache cluster) {
        return new VerifierSecrets(
                cluster::verifierSecret, Optional.ofNullable(System.getenv("AZURE_FEDERATED_TOKEN_FILE")));
    }

    @Produces
    @Singleton
    OnboardingLookup onboardingLookup(KubernetesClient client, ClusterCache cluster, ShardWatch shards) {
        return new KubernetesOnboardings(client, uid -> cluster.onboarding(uid).or(() -> shards.onboarding(uid)));
    }

    @Produces
    @Singleton
    Clouds clouds() {
        var custom = config.clouds().custom();
        var configured = custom.loginUrl()
                .flatMap(login -> custom.graphUrl().map(graph -> new CloudEndpoints(Cloud.Custom, login, graph)));
        return cloud -> cloud == Cloud.Custom ? configured : CloudEndpoints.of(cloud);
    }

    @Produces
    @Singleton
    OnboardingPipeline onboardingPipeline(
            Clouds clouds,
            TenantDirectory directory,
            NetworkProbe probe,
            VerifierSecrets secrets,
            VirtualThreads threads,
            KubernetesClient client,
            Schedules schedules,
            VerificationTiming timing,
            ProbeMetrics metrics,
            Clock clock) {
        return new OnboardingPipeline(
                new PipelinePorts(
                        clouds,
                        directory,
                        secrets,
                        metrics.counting(probe),
                        new ProxyReferences(client),
                        RoundExecutor.of(threads.executor()),
                        schedules.onboardings()::request,
                        config.publicUrl().map(it -> URI.create(it + "/consent/callback")),
                        clock,
                        () -> ThreadLocalRandom.current().nextDouble()),
                new PipelineTiming(
                        timing,
                        new Propagation(
                                config.verification().revocationConfirmation(),
                                config.verification().propagation()),
                        new RoundTiming(config.network().confirmation(), roundLimit())));
    }

    @Produces
    @Singleton
    CheckTrace checkTrace(Tracing tracing) {
        return tracing.checks();
    }

    @Produces
    @Singleton
    VerificationTiming verificationTiming() {
        var verification = config.verification();
        return new VerificationTiming(verification.interval(), verification.freshness(), verification.stallAfter());
    }

    /** As long as an endpoint's probe takes at most, and as long again twice for those before it. */
    private Duration roundLimit() {
        return config.verification()
                .requestTimeout()
                .plus(config.network().websocketHold())
                .multipliedBy(3);
    }
}
