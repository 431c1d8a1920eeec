package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Network;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProbeTarget.ProxyRoute;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.observe.ProxyReferences.Route;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Checks the endpoints of one onboarding, all at once, so that the slowest alone decides how long it takes. */
public final class EndpointCheck {

    private final NetworkProbe probe;
    private final ProxyReferences references;
    private final Executor executor;

    public EndpointCheck(NetworkProbe probe, ProxyReferences references, Executor executor) {
        this.probe = probe;
        this.references = references;
        this.executor = executor;
    }

    List<EndpointVerdict> run(TenantOnboarding onboarding, DesiredOnboarding desired) {
        var endpoints = desired.catalogs().stream()
                .flatMap(it -> it.endpoints().stream())
                .toList();
        if (endpoints.isEmpty()) {
            return List.of();
        }
        var route = Optional.ofNullable(onboarding.getSpec().network())
                .map(Network::proxy)
                .map(it -> read(onboarding, it));
        var verdicts = endpoints.stream()
                .map(it -> CompletableFuture.supplyAsync(() -> check(it, route), executor))
                .toList();
        return verdicts.stream().map(CompletableFuture::join).toList();
    }

    private Route read(TenantOnboarding onboarding, Proxy proxy) {
        return references.read(onboarding.getMetadata().getNamespace(), proxy);
    }

    private EndpointVerdict check(DesiredEndpoint endpoint, Optional<Route> route) {
        if (endpoint.probe().isEmpty()) {
            return new EndpointVerdict.NotProbed(endpoint);
        }
        var url = endpoint.probe().get();
        if (route.isEmpty()) {
            return new EndpointVerdict.Probed(endpoint, probe.probe(new ProbeTarget(url, Optional.empty())));
        }
        return switch (route.get()) {
            case Route.NotReadable(String message) -> new EndpointVerdict.ReferenceNotReadable(endpoint, message);
            case Route.Usable(ProxyRoute proxy) ->
                new EndpointVerdict.Probed(endpoint, probe.probe(new ProbeTarget(url, Optional.of(proxy))));
        };
    }
}
