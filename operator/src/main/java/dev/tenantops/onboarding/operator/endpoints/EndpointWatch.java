package dev.tenantops.onboarding.operator.endpoints;

import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.observe.ProxyReferences.Resolved;
import dev.tenantops.onboarding.operator.verdict.EndpointHistory;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** What is known about the endpoints of one onboarding, from one round of probes to the next. */
public final class EndpointWatch {

    /** A check shortly before the interval ends starts the next round, so that jitter does not skip every other one. */
    private static final double NEARLY = 0.8;

    private static final Duration ALWAYS = Duration.ofDays(36_500);

    private final Map<DesiredEndpoint, Known> known = new HashMap<>();
    /** What the last round brought no result of. */
    private final Map<DesiredEndpoint, Missing> missing = new HashMap<>();

    private final Moment created;
    private final Duration earlier;
    private EndpointPlan plan;
    private Optional<String> requested = Optional.empty();
    private Optional<Unreadable> unreadable = Optional.empty();
    private EndpointRound running;
    private Moment started;
    private List<Object> before = List.of();
    private boolean asked = true;
    private boolean postponed;
    private boolean changed;
    private boolean ended;

    private record Known(EndpointHistory history, Moment at) {}

    private record Missing(ProbeResult result, Moment at) {}

    private record Unreadable(Resolved.NotReadable why, Moment at) {}

    /** What to do about the next round. */
    sealed interface Next {
        /** Nothing: none is due, or one is under way, or somebody comes back for it already. */
        record Rest() implements Next {}

        /** Ask again then: one is due, and it is too early. */
        record Later(Duration in) implements Next {}

        /** Run this one, which is taken for started. */
        record Start(EndpointRound round) implements Next {}
    }

    /** @param earlier how long from now what an earlier run of the operator has reported counts */
    EndpointWatch(Moment created, Duration earlier) {
        this.created = created;
        this.earlier = earlier;
    }

    /**
     * Takes what the onboarding wants now.
     *
     * @param request the last request of a person for a check
     */
    synchronized void want(EndpointPlan next, Optional<String> request) {
        asked |= !request.equals(requested);
        requested = request;
        if (next.equals(plan)) {
            return;
        }
        if (plan != null) {
            asked = true;
            changed = true;
            unreadable = Optional.empty();
            if (!next.proxy().equals(plan.proxy())) {
                known.clear();
                missing.clear();
            }
            known.keySet().retainAll(next.endpoints());
            missing.keySet().retainAll(next.endpoints());
            if (running != null) {
                running.giveUp();
                running = null;
            }
        }
        plan = next;
    }

    synchronized Next next(Moment now, Duration interval, Duration confirmation) {
        if (running != null) {
            return new Next.Rest();
        }
        var rest = settled() || interval.compareTo(confirmation) < 0 ? interval : confirmation;
        var regular = Duration.ofMillis((long) (rest.toMillis() * NEARLY));
        var pause = asked && regular.compareTo(RoundTiming.DISTANCE) > 0 ? RoundTiming.DISTANCE : regular;
        var left = started == null ? Duration.ZERO : pause.minus(now.since(started));
        if (left.isPositive()) {
            if (!asked || postponed) {
                return new Next.Rest();
            }
            postponed = true;
            return new Next.Later(left);
        }
        asked = false;
        started = now;
        before = states(now);
        running = new EndpointRound(plan, inTheirOrder());
        return new Next.Start(running);
    }

    /** Somebody has come back for a round that was too early. */
    synchronized void resume() {
        postponed = false;
    }

    /** Takes the result of one endpoint, whatever comes of the others. */
    synchronized void take(EndpointRound round, DesiredEndpoint endpoint, ProbeResult result, Moment now) {
        if (round == running) {
            unreadable = Optional.empty();
            missing.remove(endpoint);
            known.compute(
                    endpoint,
                    (_, it) -> new Known((it == null ? EndpointHistory.EMPTY : it.history()).and(result), now));
        }
    }

    /** Takes that no endpoint can be probed, since what the proxy refers to cannot be read. */
    synchronized void unreadable(EndpointRound round, Resolved.NotReadable why, Moment now) {
        if (round == running) {
            unreadable = Optional.of(new Unreadable(why, now));
        }
    }

    /**
     * Ends a round.
     *
     * @param absent makes a result of an endpoint that the round brought none of
     * @return whether what is known now is worth a look at once
     */
    synchronized boolean end(
            EndpointRound round, BiFunction<DesiredEndpoint, Optional<Proxy>, ProbeResult> absent, Moment now) {
        if (round != running) {
            return false;
        }
        running = null;
        ended = true;
        if (unreadable.isEmpty()) {
            round.endpoints().stream()
                    .filter(it -> !known.containsKey(it)
                            || started.since(known.get(it).at()).isPositive())
                    .forEach(it -> missing.put(it, new Missing(absent.apply(it, plan.proxy()), now)));
        }
        return !settled() || !before.equals(states(now));
    }

    /** Gives a round up that is not to come to an end. */
    synchronized void abandon(EndpointRound round) {
        if (round == running) {
            running = null;
        }
    }

    /** @param freshness how long a result counts */
    synchronized List<EndpointVerdict> verdicts(Moment now, Duration freshness) {
        return plan.endpoints().stream().map(it -> verdict(it, now, freshness)).toList();
    }

    /** What a round brought no result of is the first in the next one. */
    private List<DesiredEndpoint> inTheirOrder() {
        return plan.endpoints().stream()
                .filter(it -> it.probe().isPresent())
                .sorted(Comparator.comparing(it -> known.containsKey(it) && !missing.containsKey(it)))
                .toList();
    }

    private boolean settled() {
        return unreadable.isPresent()
                || known.values().stream().allMatch(it -> it.history().settled());
    }

    private EndpointVerdict verdict(DesiredEndpoint endpoint, Moment now, Duration freshness) {
        if (endpoint.probe().isEmpty()) {
            return new EndpointVerdict.NotProbed(endpoint);
        }
        if (unreadable.isPresent() && fresh(unreadable.get().at(), now, freshness)) {
            return new EndpointVerdict.ReferenceNotReadable(
                    endpoint,
                    unreadable.get().why().message(),
                    unreadable.get().why().next());
        }
        var result = known.get(endpoint);
        if (result != null && fresh(result.at(), now, freshness)) {
            return new EndpointVerdict.Probed(
                    endpoint,
                    result.history().counting().orElseThrow(),
                    result.history().settled(),
                    now.wallAt(result.at()));
        }
        var absent = missing.get(endpoint);
        if (absent != null) {
            return new EndpointVerdict.Probed(endpoint, absent.result(), true, now.wallAt(absent.at()));
        }
        return new EndpointVerdict.Pending(
                endpoint,
                !changed && !ended && now.since(created).compareTo(earlier) < 0,
                plan.proxy().map(it -> ProbeTrace.proxy(it.url())));
    }

    private static boolean fresh(Moment at, Moment now, Duration freshness) {
        return now.since(at).compareTo(freshness) <= 0;
    }

    /** What a status would say, without times. */
    private List<Object> states(Moment now) {
        return plan.endpoints().stream()
                .<Object>map(it -> switch (verdict(it, now, ALWAYS)) {
                    case EndpointVerdict.Probed(var _, ProbeResult.Unreachable result, var _, var _) ->
                        List.of(result.stage(), result.reason(), result.message());
                    case EndpointVerdict.Probed(var _, var result, var _, var _) -> result.getClass();
                    case EndpointVerdict other -> other;
                })
                .toList();
    }
}
