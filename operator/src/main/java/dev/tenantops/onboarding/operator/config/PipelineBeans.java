package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.CheckTrace;
import dev.tenantops.onboarding.operator.OnboardingPipeline;
import dev.tenantops.onboarding.operator.PipelinePorts;
import dev.tenantops.onboarding.operator.PipelineTiming;
import dev.tenantops.onboarding.operator.config.PageBeans.StatusLinks;
import dev.tenantops.onboarding.operator.delivery.Schedules;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.endpoints.RoundExecutor;
import dev.tenantops.onboarding.operator.endpoints.RoundTiming;
import dev.tenantops.onboarding.operator.network.AddressPolicy;
import dev.tenantops.onboarding.operator.network.ProbeSettings;
import dev.tenantops.onboarding.operator.network.RouteSetting;
import dev.tenantops.onboarding.operator.network.SharedProbes;
import dev.tenantops.onboarding.operator.network.SocketNetworkProbe;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.telemetry.ProbeMetrics;
import dev.tenantops.onboarding.operator.telemetry.Tracing;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.operator.verdict.Propagation;
import io.fabric8.kubernetes.client.KubernetesClient;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/** The way of an onboarding through a check, what it dials endpoints with, and its times. */
@Singleton
public class PipelineBeans {

    /** So long that many onboardings profit, and so short that each confirmation is a probe of its own. */
    static final Duration LONGEST_SHARE = Duration.ofSeconds(10);

    private final OnboardingConfig config;

    @Inject
    public PipelineBeans(OnboardingConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
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
    NetworkProbe networkProbe(TrustAnchors trustAnchors) {
        var probe = new SocketNetworkProbe(new ProbeSettings(
                trustAnchors,
                config.verification().connectTimeout(),
                config.verification().requestTimeout(),
                config.network().websocketHold(),
                addressPolicy(),
                RouteSetting.OF_THE_CUSTOMER));
        var half = config.network().confirmation().dividedBy(2);
        return new SharedProbes(
                probe,
                half.compareTo(LONGEST_SHARE) < 0 ? half : LONGEST_SHARE,
                config.network().maxConcurrent());
    }

    private AddressPolicy addressPolicy() {
        return AddressPolicy.of(
                config.network().allowedRanges().orElse(List.of()),
                config.network().deniedRanges().orElse(List.of()),
                config.network().namespaceRanges().orElse(List.of()));
    }

    void endLookups(@Disposes NetworkProbe probe) {
        if (probe instanceof SharedProbes shared) {
            shared.close();
        }
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
            StatusLinks links,
            Schedules schedules,
            VerificationTiming timing,
            ProbeMetrics metrics,
            Tracing tracing,
            Clock clock) {
        return new OnboardingPipeline(
                new PipelinePorts(
                        clouds,
                        directory,
                        secrets,
                        tracing.probes(metrics.counting(probe)),
                        new ProxyReferences(client),
                        RoundExecutor.of(tracing.carrying(threads.executor())),
                        schedules.onboardings()::request,
                        callback(config),
                        links.pages(),
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

    /** Where consent returns to. */
    static Optional<URI> callback(OnboardingConfig config) {
        return config.publicUrl().map(it -> URI.create(it + "/consent/callback"));
    }

    /** As long as an endpoint's probe takes at most, and as long again twice for those before it. */
    private Duration roundLimit() {
        return config.verification()
                .requestTimeout()
                .plus(config.network().websocketHold())
                .multipliedBy(3);
    }
}
