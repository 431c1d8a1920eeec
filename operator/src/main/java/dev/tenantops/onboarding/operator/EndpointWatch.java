package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.verdict.EndpointHistory;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known about the endpoints of one onboarding, from one round of probes to the next. */
final class EndpointWatch {

    /** A check shortly before the interval ends starts the next round, so that jitter does not skip every other one. */
    private static final double NEARLY = 0.8;

    private final Map<DesiredEndpoint, EndpointHistory> histories = new HashMap<>();
    private EndpointPlan plan;
    private Optional<String> unreadable = Optional.empty();
    private Optional<String> requestedAt = Optional.empty();
    private Instant started;
    private Instant ended;
    private boolean running;
    private boolean changed;

    /** What one round found. */
    sealed interface Round {
        record Unreadable(String message) implements Round {}

        record Results(Map<DesiredEndpoint, ProbeResult> byEndpoint) implements Round {}
    }

    /**
     * Whether a round has to start now, which is then taken for started.
     *
     * @param requested the last request of a person for a check
     */
    synchronized boolean begin(
            EndpointPlan next, Optional<String> requested, Instant now, Duration interval, Duration confirmation) {
        take(next);
        if (running || !due(requested, now, interval, confirmation)) {
            return false;
        }
        running = true;
        started = now;
        requestedAt = requested;
        return true;
    }

    /** Takes what a round found. True if that is worth a look at once. */
    synchronized boolean end(EndpointPlan probed, Round round, Instant now) {
        running = false;
        if (!probed.equals(plan)) {
            // The plan changed meanwhile, so another round is due.
            started = null;
            return true;
        }
        var before = states();
        ended = now;
        switch (round) {
            case Round.Unreadable(String message) -> unreadable = Optional.of(message);
            case Round.Results(var byEndpoint) -> {
                unreadable = Optional.empty();
                byEndpoint.forEach((endpoint, result) -> histories.put(
                        endpoint,
                        histories.getOrDefault(endpoint, EndpointHistory.EMPTY).and(result)));
            }
        }
        return !settled() || !before.equals(states());
    }

    /** Gives a round up that did not come to an end. */
    synchronized void abandon() {
        running = false;
    }

    /** @param freshness how long the end of a round counts */
    synchronized List<EndpointVerdict> verdicts(Instant now, Duration freshness) {
        var fresh = ended != null && Duration.between(ended, now).compareTo(freshness) <= 0;
        return plan.endpoints().stream().map(it -> verdict(it, fresh)).toList();
    }

    private void take(EndpointPlan next) {
        if (next.equals(plan)) {
            return;
        }
        if (plan != null) {
            changed = true;
            started = null;
            unreadable = Optional.empty();
            if (!next.proxy().equals(plan.proxy())) {
                histories.clear();
            }
            histories.keySet().retainAll(next.endpoints());
        }
        plan = next;
    }

    private boolean due(Optional<String> requested, Instant now, Duration interval, Duration confirmation) {
        if (started == null || !requested.equals(requestedAt)) {
            return true;
        }
        var rest = settled() || interval.compareTo(confirmation) < 0 ? interval : confirmation;
        return Duration.between(started, now).toMillis() >= rest.toMillis() * NEARLY;
    }

    private boolean settled() {
        return unreadable.isPresent() || histories.values().stream().allMatch(EndpointHistory::settled);
    }

    private EndpointVerdict verdict(DesiredEndpoint endpoint, boolean fresh) {
        if (endpoint.probe().isEmpty()) {
            return new EndpointVerdict.NotProbed(endpoint);
        }
        if (fresh && unreadable.isPresent()) {
            return new EndpointVerdict.ReferenceNotReadable(endpoint, unreadable.get());
        }
        var history = histories.getOrDefault(endpoint, EndpointHistory.EMPTY);
        return history.counting()
                .filter(_ -> fresh)
                .<EndpointVerdict>map(it -> new EndpointVerdict.Probed(endpoint, it, history.settled(), ended))
                .orElseGet(() -> new EndpointVerdict.Pending(endpoint, !changed && ended == null));
    }

    /** What a status would say, without times. */
    private List<Object> states() {
        return plan.endpoints().stream()
                .<Object>map(it -> switch (verdict(it, ended != null)) {
                    case EndpointVerdict.Probed(var _, ProbeResult.Unreachable result, var _, var _) ->
                        List.of(result.stage(), result.reason(), result.message());
                    case EndpointVerdict.Probed(var _, var result, var _, var _) -> result.getClass();
                    case EndpointVerdict other -> other;
                })
                .toList();
    }
}
