package dev.tenantops.onboarding.operator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Network;
import dev.tenantops.onboarding.operator.EndpointWatch.Round;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProbeTarget.ProxyRoute;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.observe.ProxyReferences.Route;
import dev.tenantops.onboarding.operator.report.LogContext;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Probes the endpoints of onboardings in rounds, all endpoints of one onboarding at once. A round runs beside the checks,
 * since holding a WebSocket open takes longer than reading a tenant; a check takes what is known, and a round that found
 * something new wakes its onboarding.
 */
public final class EndpointCheck {

    private static final Logger LOG = Logger.getLogger(EndpointCheck.class);

    /** Of deleted onboardings nothing is left after this time; one that is still there is looked at far more often. */
    private static final Duration FORGOTTEN = Duration.ofDays(2);

    private final NetworkProbe probe;
    private final ProxyReferences references;
    private final VerificationTiming timing;
    private final Duration confirmation;
    private final Executor executor;
    private final Clock clock;
    private final Consumer<ResourceID> wake;
    private final Cache<String, EndpointWatch> watches =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build();

    /**
     * @param confirmation when an endpoint is probed again that answered otherwise than before
     * @param executor runs the rounds; with one that runs in the calling thread a check sees its own round
     * @param wake has an onboarding checked again at once
     */
    public EndpointCheck(
            NetworkProbe probe,
            ProxyReferences references,
            VerificationTiming timing,
            Duration confirmation,
            Executor executor,
            Clock clock,
            Consumer<ResourceID> wake) {
        this.probe = probe;
        this.references = references;
        this.timing = timing;
        this.confirmation = confirmation;
        this.executor = executor;
        this.clock = clock;
        this.wake = wake;
    }

    List<EndpointVerdict> run(TenantOnboarding onboarding, DesiredOnboarding desired) {
        var plan = new EndpointPlan(
                desired.catalogs().stream()
                        .flatMap(it -> it.endpoints().stream())
                        .distinct()
                        .toList(),
                Optional.ofNullable(onboarding.getSpec().network()).map(Network::proxy));
        if (plan.endpoints().isEmpty()) {
            return List.of();
        }
        var watch = watches.get(onboarding.getMetadata().getUid(), _ -> new EndpointWatch());
        var requested = VerificationTriggers.annotation(onboarding, TenantOnboarding.RECONCILE_REQUESTED_AT);
        if (watch.begin(plan, requested, clock.instant(), timing.interval(onboarding.getSpec()), confirmation)) {
            start(onboarding, plan, watch);
        }
        return watch.verdicts(clock.instant(), timing.freshness(onboarding.getSpec()));
    }

    private void start(TenantOnboarding onboarding, EndpointPlan plan, EndpointWatch watch) {
        var id = ResourceID.fromResource(onboarding);
        var caller = new ProbeCaller(
                onboarding.getMetadata().getNamespace(),
                onboarding.getMetadata().getName());
        // The threads of a round are others than that of the check.
        Executor named = task -> executor.execute(LogContext.in(onboarding, task));
        CompletableFuture.supplyAsync(
                        () -> plan.proxy()
                                .map(it ->
                                        references.read(onboarding.getMetadata().getNamespace(), it)),
                        named)
                .thenCompose(route -> probe(caller, plan, route, named))
                // It runs in the thread of the check where the round has ended before.
                .whenComplete((round, failure) -> LogContext.in(onboarding, () -> end(id, plan, watch, round, failure))
                        .run());
    }

    private void end(ResourceID id, EndpointPlan plan, EndpointWatch watch, Round round, Throwable failure) {
        if (interrupted(failure)) {
            watch.abandon();
        } else if (failure != null) {
            watch.abandon();
            LOG.errorf(failure, "The endpoints of %s could not be probed", id);
        } else if (watch.end(plan, round, clock.instant())) {
            wake.accept(id);
        }
    }

    private CompletableFuture<Round> probe(
            ProbeCaller caller, EndpointPlan plan, Optional<Route> route, Executor named) {
        if (route.isPresent() && route.get() instanceof Route.NotReadable(String message)) {
            return CompletableFuture.completedFuture(new Round.Unreadable(message));
        }
        var proxy = route.map(it -> ((Route.Usable) it).proxy());
        var probes = new HashMap<DesiredEndpoint, CompletableFuture<ProbeResult>>();
        plan.endpoints().stream()
                .filter(it -> it.probe().isPresent())
                .forEach(it -> probes.put(it, CompletableFuture.supplyAsync(() -> probe(caller, it, proxy), named)));
        return CompletableFuture.allOf(probes.values().toArray(CompletableFuture[]::new))
                .thenApply(_ -> {
                    var results = new HashMap<DesiredEndpoint, ProbeResult>();
                    probes.forEach((endpoint, result) -> results.put(endpoint, result.join()));
                    return new Round.Results(results);
                });
    }

    /** As a shutdown does. */
    private static boolean interrupted(Throwable failure) {
        return failure instanceof CancellationException
                || failure instanceof CompletionException completion
                        && completion.getCause() instanceof CancellationException;
    }

    private ProbeResult probe(ProbeCaller caller, DesiredEndpoint endpoint, Optional<ProxyRoute> proxy) {
        return probe.probe(new ProbeTarget(endpoint.probe().orElseThrow(), proxy), caller);
    }
}
