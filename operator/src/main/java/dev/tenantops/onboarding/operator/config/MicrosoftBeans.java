package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.DiagnosedTenantDirectory;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.entra.EntraSettings;
import dev.tenantops.onboarding.operator.entra.GraphTenantDirectory;
import dev.tenantops.onboarding.operator.network.AddressPolicy;
import dev.tenantops.onboarding.operator.network.ProbeSettings;
import dev.tenantops.onboarding.operator.network.RouteSetting;
import dev.tenantops.onboarding.operator.network.SharedProbes;
import dev.tenantops.onboarding.operator.network.SocketNetworkProbe;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.telemetry.RequestMetrics;
import dev.tenantops.onboarding.operator.telemetry.Tracing;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The ways to Microsoft: whom the operator trusts, which clouds it knows, and how it reads tenants. */
@Singleton
public class MicrosoftBeans {

    private static final long MAX_RESPONSE_BYTES = 8L * 1024 * 1024;

    private final OnboardingConfig config;

    @Inject
    public MicrosoftBeans(OnboardingConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    TrustAnchors trustAnchors() {
        return TrustAnchors.ofJdkAnd(config.tls().caBundle());
    }

    @Produces
    @Singleton
    Clouds clouds() {
        return new ConfiguredClouds(config.clouds());
    }

    @Produces
    @Singleton
    DiagnosedTenantDirectory directory(
            TrustAnchors trustAnchors, Clock clock, RequestMetrics metrics, Tracing tracing) {
        var proxy = ownProxy();
        var graph = new GraphTenantDirectory(
                new EntraSettings(
                        trustAnchors,
                        proxy,
                        config.verification().connectTimeout(),
                        config.verification().requestTimeout(),
                        MAX_RESPONSE_BYTES,
                        config.verification().definitions(),
                        config.verification().maxConcurrent(),
                        config.verification().credentialPropagation()),
                clock,
                metrics.and(tracing.requests()));
        var probe = new SocketNetworkProbe(new ProbeSettings(
                trustAnchors,
                config.verification().connectTimeout(),
                config.verification().requestTimeout(),
                Duration.ZERO,
                AddressPolicy.ANY,
                RouteSetting.OF_THE_OPERATOR));
        return new DiagnosedTenantDirectory(
                graph,
                new SharedProbes(
                        probe, PipelineBeans.LONGEST_SHARE, config.network().maxConcurrent()),
                proxy);
    }

    void close(@Disposes DiagnosedTenantDirectory directory) {
        directory.close();
    }

    private Optional<ForwardProxy> ownProxy() {
        var proxy = config.proxy();
        var credentials = proxy.username()
                .map(it -> ForwardProxy.Credentials.of(it, proxy.password().orElse("")));
        if (proxy.url().isEmpty() && credentials.isPresent()) {
            throw new IllegalArgumentException(
                    "onboarding.proxy.username is set and onboarding.proxy.url is not. Set both, or neither.");
        }
        return proxy.url().map(it -> new ForwardProxy(it, credentials, Optional.empty()));
    }
}
