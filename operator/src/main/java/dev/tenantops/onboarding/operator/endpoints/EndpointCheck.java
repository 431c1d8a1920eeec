package dev.tenantops.onboarding.operator.endpoints;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Network;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.endpoints.EndpointWatch.Next;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.observe.ProxyReferences.Resolved;
import dev.tenantops.onboarding.operator.report.FailureLog;
import dev.tenantops.onboarding.operator.report.LogContext;
import dev.tenantops.onboarding.operator.status.Evidence;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Probes the endpoints of onboardings in rounds, all endpoints of one onboarding at once. A round runs beside the checks,
 * since holding a WebSocket open takes longer than reading a tenant; a check takes what is known, and a round that found
 * something new wakes its onboarding. Whatever fails while one endpoint is probed is a result of that endpoint, and a round
 * ends in time whatever hangs.
 */
public final class EndpointCheck {

    private static final String BUG = "This is a fault of the operator: report the error that its log has of it";

    /** Of deleted onboardings nothing is left after this time; one that is still there is looked at far more often. */
    private static final Duration FORGOTTEN = Duration.ofDays(2);

    private final NetworkProbe probe;
    private final ProxyReferences references;
    private final VerificationTiming timing;
    private final RoundTiming rounds;
    private final RoundExecutor executor;
    private final Clock clock;
    private final Consumer<ObjectKey> wake;
    private final FailureLog failures = new FailureLog(Logger.getLogger(EndpointCheck.class));
    private final Cache<String, EndpointWatch> watches =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build();

    /**
     * @param executor runs the rounds; with one that runs in the calling thread a check sees its own round
     * @param wake has an onboarding checked again at once
     */
    public EndpointCheck(
            NetworkProbe probe,
            ProxyReferences references,
            VerificationTiming timing,
            RoundTiming rounds,
            RoundExecutor executor,
            Clock clock,
            Consumer<ObjectKey> wake) {
        this.probe = probe;
        this.references = references;
        this.timing = timing;
        this.rounds = rounds;
        this.executor = executor;
        this.clock = clock;
        this.wake = wake;
    }

    /** What is known of the endpoints; starts a round of probes if one is due. */
    public List<EndpointVerdict> run(TenantOnboarding onboarding, DesiredOnboarding desired) {
        var plan = new EndpointPlan(
                desired.catalogs().stream()
                        .flatMap(it -> it.endpoints().stream())
                        .distinct()
                        .toList(),
                Optional.ofNullable(onboarding.getSpec().network()).map(Network::proxy));
        if (plan.endpoints().isEmpty()) {
            return List.of();
        }
        var watch = watches.get(onboarding.getMetadata().getUid(), _ -> new EndpointWatch(now(), earlier(onboarding)));
        watch.want(plan, onboarding.requestedAt());
        proceed(onboarding, watch);
        return watch.verdicts(now(), timing.freshness(onboarding.getSpec()));
    }

    /** How long that still counts which the status says without a probe of this run of the operator. */
    private Duration earlier(TenantOnboarding onboarding) {
        return Evidence.of(onboarding.known())
                .countsFor(clock.instant(), timing.freshness(onboarding.getSpec()))
                .orElse(Duration.ZERO);
    }

    private void proceed(TenantOnboarding onboarding, EndpointWatch watch) {
        switch (watch.next(now(), timing.interval(onboarding.getSpec()), rounds.confirmation())) {
            case Next.Rest _ -> {
                // A check comes back in any case.
            }
            case Next.Later(Duration in) ->
                executor.executeAfter(in, () -> {
                    watch.resume();
                    proceed(onboarding, watch);
                });
            case Next.Start(EndpointRound round) -> {
                try {
                    // The threads of a round are others than that of the check.
                    executor.execute(LogContext.in(onboarding, () -> run(onboarding, watch, round)));
                } catch (RejectedExecutionException _) {
                    watch.abandon(round);
                }
            }
        }
    }

    private void run(TenantOnboarding onboarding, EndpointWatch watch, EndpointRound round) {
        try {
            Executor named = task -> executor.execute(LogContext.in(onboarding, task));
            round.execute(named, () -> probe(onboarding, watch, round, named));
            round.await(rounds.limit());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            watch.abandon(round);
        } catch (RejectedExecutionException _) {
            watch.abandon(round);
        }
        if (watch.end(round, this::absent, now())) {
            wake.accept(ObjectKey.of(onboarding));
        }
    }

    private void probe(TenantOnboarding onboarding, EndpointWatch watch, EndpointRound round, Executor named) {
        var declared = round.plan().proxy();
        var resolved = declared.map(it -> resolved(onboarding, it));
        if (Thread.currentThread().isInterrupted()) {
            interrupted(watch, round);
            return;
        }
        switch (resolved.orElse(null)) {
            case null -> probe(onboarding, watch, round, named, Optional.empty());
            case Resolved.Usable(ForwardProxy proxy) -> probe(onboarding, watch, round, named, Optional.of(proxy));
            case Resolved.NotReadable notReadable -> watch.unreadable(round, notReadable, now());
            case Resolved.Invalid _ ->
                round.endpoints().forEach(it -> watch.take(round, it, invalid(it, declared), now()));
        }
    }

    private Resolved resolved(TenantOnboarding onboarding, Proxy declared) {
        try {
            return references.read(onboarding.getMetadata().getNamespace(), declared);
        } catch (RuntimeException | Error e) {
            if (!Thread.currentThread().isInterrupted()) {
                failures.tell("What the proxy of " + ObjectKey.of(onboarding) + " refers to was not read", e);
            }
            return new Resolved.NotReadable(
                    "What spec.network.proxy refers to was not read: "
                            + e.getClass().getSimpleName(),
                    BUG);
        }
    }

    private void probe(
            TenantOnboarding onboarding,
            EndpointWatch watch,
            EndpointRound round,
            Executor named,
            Optional<ForwardProxy> proxy) {
        round.endpoints()
                .forEach(endpoint -> round.execute(
                        named,
                        () -> probe(onboarding, round.plan(), endpoint, proxy)
                                .ifPresentOrElse(
                                        it -> watch.take(round, endpoint, it, now()),
                                        () -> interrupted(watch, round))));
    }

    /** Empty if it was interrupted. */
    private Optional<ProbeResult> probe(
            TenantOnboarding onboarding, EndpointPlan plan, DesiredEndpoint endpoint, Optional<ForwardProxy> proxy) {
        var id = ObjectKey.of(onboarding);
        try {
            return Optional.of(probe.probe(
                    new ProbeTarget(endpoint.probe().orElseThrow(), proxy),
                    new ProbeCaller(onboarding.getMetadata().getNamespace(), id.name())));
        } catch (CancellationException _) {
            return Optional.empty();
        } catch (RuntimeException | Error e) {
            failures.tell("The endpoint " + endpoint.name() + " of " + id + " could not be probed", e);
            return Optional.of(new ProbeResult.Unfinished(
                    trace(endpoint, plan.proxy()),
                    "the probe ended with an error, " + e.getClass().getSimpleName(),
                    BUG));
        }
    }

    /** A round that the operator's end interrupts tells nothing; one whose time is up tells what is missing. */
    private static void interrupted(EndpointWatch watch, EndpointRound round) {
        if (!round.isOver()) {
            watch.abandon(round);
        }
    }

    private static ProbeResult invalid(DesiredEndpoint endpoint, Optional<Proxy> proxy) {
        return new ProbeResult.Unreachable(
                trace(endpoint, proxy),
                Stage.ProxyConnect,
                Reason.ProxyInvalid,
                "nothing was dialled: spec.network.proxy.url is no URL",
                "Write it as http://host:port or https://host:port");
    }

    private ProbeResult absent(DesiredEndpoint endpoint, Optional<Proxy> proxy) {
        return new ProbeResult.Unfinished(
                trace(endpoint, proxy),
                "no result came within " + rounds.limit().toSeconds()
                        + "s, since the probe waited for its turn or hung",
                "Nothing to do at once: the operator tries again. If it stays so, raise"
                        + " onboarding.network.max-concurrent, or look for onboardings whose endpoints time out");
    }

    private static ProbeTrace trace(DesiredEndpoint endpoint, Optional<Proxy> proxy) {
        return new ProbeTrace(
                ProbeTrace.tried(endpoint.probe().orElseThrow()),
                Optional.empty(),
                proxy.map(it -> ProbeTrace.proxy(it.url())),
                List.of());
    }

    private Moment now() {
        return new Moment(executor.nanos(), clock.instant());
    }
}
