package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.TenantOnboardingStatus.EndpointStatus;
import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.verdict.EndpointVerdict;
import java.util.List;
import java.util.Optional;

/** Renders verdicts on endpoints. */
final class EndpointStatuses {

    static final String REACHABLE = "Reachable";
    static final String NOT_PROBED = "NotProbed";
    static final String SECRET_NOT_READABLE = "SecretNotReadable";

    private EndpointStatuses() {}

    static List<EndpointStatus> render(StatusInput input) {
        return input.verdict().endpoints().stream().map(it -> render(it, input)).toList();
    }

    private static EndpointStatus render(EndpointVerdict verdict, StatusInput input) {
        return switch (verdict) {
            case EndpointVerdict.Probed(DesiredEndpoint endpoint, ProbeResult.Reachable()) ->
                status(endpoint, REACHABLE, Optional.empty(), Optional.empty(), input);
            case EndpointVerdict.Probed(
                    DesiredEndpoint endpoint,
                    ProbeResult.Unreachable(ProbeResult.Stage stage, ProbeResult.Reason reason, String message)) ->
                status(endpoint, reason.name(), Optional.of(stage.name()), Optional.of(message), input);
            case EndpointVerdict.NotProbed(DesiredEndpoint endpoint) ->
                status(
                        endpoint,
                        NOT_PROBED,
                        Optional.empty(),
                        Optional.of(endpoint.url() + " is a wildcard, and the catalog names no probeUrl to dial."),
                        input);
            case EndpointVerdict.ReferenceNotReadable(DesiredEndpoint endpoint, String message) ->
                status(endpoint, SECRET_NOT_READABLE, Optional.empty(), Optional.of(message), input);
        };
    }

    private static EndpointStatus status(
            DesiredEndpoint endpoint,
            String state,
            Optional<String> stage,
            Optional<String> message,
            StatusInput input) {
        var since = input.previous().endpoints().stream()
                .filter(it -> it.name().equals(endpoint.name()) && it.state().equals(state))
                .map(EndpointStatus::since)
                .findFirst()
                .orElseGet(() -> Timestamps.format(input.now()));
        return new EndpointStatus(endpoint.name(), state, stage.orElse(null), since, message.orElse(null));
    }
}
