package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.EndpointStatus.Advice;
import dev.tenantops.onboarding.api.EndpointStatus.Outcome;
import dev.tenantops.onboarding.api.EndpointStatus.Route;
import dev.tenantops.onboarding.api.StatusLimit;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.observe.ProbeTrace.StageTime;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import dev.tenantops.onboarding.operator.verdict.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Renders verdicts on endpoints. An entry is rewritten on transitions only, since times differ with each probe. */
final class EndpointStatuses {

    static final String REACHABLE = "Reachable";

    /** By the state of an entry, every state but {@link #REACHABLE}. */
    private static final Map<String, ConditionReason> REASONS = ConditionReason.all().stream()
            .filter(OwnedCondition.NetworkReachable::owns)
            .collect(Collectors.toUnmodifiableMap(ConditionReason::name, it -> it));

    private EndpointStatuses() {}

    static List<EndpointStatus> render(StatusInput input) {
        return input.verdict().endpoints().stream().map(it -> render(it, input)).toList();
    }

    /** Why an endpoint is not called reachable. */
    static ConditionReason reason(EndpointStatus entry) {
        return REASONS.get(entry.state());
    }

    private static EndpointStatus render(EndpointVerdict verdict, StatusInput input) {
        var before = before(verdict.endpoint(), input);
        var draft = draft(verdict);
        return before.map(Before::entry)
                .filter(it -> stands(it, verdict, input) || draft.continues(it))
                .orElseGet(() -> draft.status(
                        verdict.endpoint(),
                        before.filter(it -> it.entry().state().equals(draft.state()))
                                .map(Before::since)
                                .orElse(input.now())));
    }

    /**
     * The entry of before.
     *
     * @param since since when it is in its state
     */
    private record Before(EndpointStatus entry, Instant since) {}

    private static Optional<Before> before(DesiredEndpoint endpoint, StatusInput input) {
        return input.previous().endpoints().stream()
                .filter(it -> it.name().equals(endpoint.name()))
                .flatMap(
                        it -> Timestamps.parse(it.since())
                                .filter(new Past(input.now())::holds)
                                .map(since -> new Before(it, since))
                                .stream())
                .findFirst();
    }

    /** Whether an entry counts that this run of the operator has no result in place of yet. */
    private static boolean stands(EndpointStatus entry, EndpointVerdict verdict, StatusInput input) {
        return verdict instanceof EndpointVerdict.Pending pending
                && pending.asBefore()
                && known(entry)
                && ofTheSame(entry, pending)
                && input.generation() == input.previous().observedGeneration()
                && input.previousIsFresh();
    }

    /** Another version of the operator may have had other states. */
    private static boolean known(EndpointStatus entry) {
        return entry.state().equals(REACHABLE) || REASONS.containsKey(entry.state());
    }

    /** Whether an entry tells of what would be dialled now; a catalog changes without a trace in the onboarding. */
    private static boolean ofTheSame(EndpointStatus entry, EndpointVerdict.Pending pending) {
        return entry.tried() == null
                ? entry.state().equals(Summary.SecretNotReadable.name())
                : pending.endpoint().probe().map(ProbeTrace::tried).equals(Optional.of(entry.tried()))
                        && pending.proxy().equals(Optional.ofNullable(entry.proxy()));
    }

    private static Draft draft(EndpointVerdict verdict) {
        return switch (verdict) {
            case EndpointVerdict.Probed(var _, ProbeResult.Reachable(var trace), var _, var _) ->
                new Draft(REACHABLE, null, Optional.of(trace), null, null);
            case EndpointVerdict.Probed(var _, ProbeResult.NotProven(var trace, var message, var next), var _, var _) ->
                new Draft(Summary.UpgradeNotProven.name(), null, Optional.of(trace), message, next);
            case EndpointVerdict.Probed(
                    var _,
                    ProbeResult.Unreachable(var trace, var stage, var reason, var message, var next),
                    var _,
                    var _) -> new Draft(reason.name(), stage.name(), Optional.of(trace), message, next);
            case EndpointVerdict.Probed(
                    var _,
                    ProbeResult.Unfinished(var trace, var message, var next),
                    var _,
                    var _) -> new Draft(Summary.ProbeFailed.name(), null, Optional.of(trace), message, next);
            case EndpointVerdict.Pending _ ->
                new Draft(Summary.Probing.name(), null, Optional.empty(), "it is being probed", "Wait for the result");
            case EndpointVerdict.NotProbed(DesiredEndpoint endpoint)
            when endpoint.mistake().isPresent() ->
                new Draft(
                        Summary.InvalidUrl.name(),
                        null,
                        Optional.empty(),
                        "nothing was dialled: " + endpoint.mistake().get(),
                        "Correct spec.endpoints of the catalog, so that the URL can be opened as it stands");
            case EndpointVerdict.NotProbed(DesiredEndpoint endpoint) ->
                new Draft(
                        Summary.NotProbed.name(),
                        null,
                        Optional.empty(),
                        endpoint.url() + " is a wildcard, and the catalog names no probeUrl to dial",
                        "Add a probeUrl to the catalog");
            case EndpointVerdict.ReferenceNotReadable(var _, var message, var next) ->
                new Draft(Summary.SecretNotReadable.name(), null, Optional.empty(), message, next);
        };
    }

    /** An entry but for its times. */
    private record Draft(String state, String stage, Optional<ProbeTrace> trace, String message, String next) {

        /** The schema's limit, less the time that is added. */
        private static final int LIMIT = StatusLimit.MESSAGE - 24;

        private static final String AFTER = ", after ";

        Draft {
            message = Text.cut(message, LIMIT);
            next = Text.cut(next, LIMIT);
        }

        private Route route() {
            return new Route(
                    Text.cut(trace.map(ProbeTrace::tried).orElse(null), StatusLimit.URL),
                    trace.flatMap(ProbeTrace::from).orElse(null),
                    Text.cut(trace.flatMap(ProbeTrace::proxy).orElse(null), StatusLimit.URL));
        }

        /** Whether an entry says the same, whatever times it shows. */
        boolean continues(EndpointStatus entry) {
            return entry.state().equals(state)
                    && Objects.equals(entry.failedStage(), stage)
                    && Objects.equals(entry.tried(), route().tried())
                    && Objects.equals(entry.proxy(), route().proxy())
                    && Objects.equals(entry.nextStep(), next)
                    && says(entry.message());
        }

        private boolean says(String told) {
            return Objects.equals(told, message) || told != null && told.startsWith(message + AFTER);
        }

        EndpointStatus status(DesiredEndpoint endpoint, Instant since) {
            return new EndpointStatus(
                    endpoint.name(),
                    new Outcome(
                            state,
                            stage,
                            Timestamps.format(since),
                            trace.stream()
                                    .flatMap(it -> it.stages().stream())
                                    .map(it -> it.stage().name() + " " + shown(it.took()))
                                    .toList()),
                    route(),
                    new Advice(
                            ended().map(it -> message + AFTER + shown(it.took()))
                                    .orElse(message),
                            next));
        }

        /** Where it failed: with when, a refusal is told from a timeout and a timeout from another one. */
        private Optional<StageTime> ended() {
            return trace.filter(it -> stage != null
                            && it.from().isPresent()
                            && !it.stages().isEmpty())
                    .map(it -> it.stages().getLast());
        }

        private static String shown(Duration duration) {
            return duration.toSeconds() < 1 ? duration.toMillis() + "ms" : duration.toSeconds() + "s";
        }
    }
}
