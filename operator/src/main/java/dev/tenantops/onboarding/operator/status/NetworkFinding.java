package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.ConditionReason.Unreached;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import java.util.List;
import java.util.Optional;

/** The condition {@code NetworkReachable}; absent when no endpoint is declared. */
final class NetworkFinding {

    private NetworkFinding() {}

    static Optional<Finding> of(List<EndpointStatus> endpoints) {
        if (endpoints.isEmpty()) {
            return Optional.empty();
        }
        var open = endpoints.stream()
                .filter(it -> !it.state().equals(EndpointStatuses.REACHABLE))
                .toList();
        var unproven = open.stream()
                .filter(it -> !EndpointStatuses.reason(it).holdsBackReady())
                .toList();
        var failed = open.stream()
                .filter(it -> EndpointStatuses.reason(it).holdsBackReady())
                .toList();
        var unreachable = failed.stream().filter(NetworkFinding::proven).findFirst();
        if (unreachable.isPresent()) {
            return Optional.of(finding(Status.False, unreachable.get(), failed.size(), endpoints.size()));
        }
        var untried = failed.stream()
                .filter(it -> EndpointStatuses.reason(it) != Summary.Probing)
                .findFirst();
        if (untried.isPresent()) {
            return Optional.of(finding(Status.Unknown, untried.get(), failed.size(), endpoints.size()));
        }
        if (!failed.isEmpty()) {
            return Optional.of(new Finding(
                    Status.Unknown,
                    Summary.Probing,
                    failed.size() + " of " + endpoints.size() + " endpoints are being probed. Wait for the result."));
        }
        if (unproven.size() == endpoints.size()) {
            return Optional.of(new Finding(
                    Status.Unknown,
                    EndpointStatuses.reason(unproven.getFirst()),
                    "No endpoint could be proven to work, which does not hold back Ready. "
                            + told(unproven.getFirst())));
        }
        var note = unproven.isEmpty()
                ? ""
                : " Of " + unproven.size() + " more nothing is proven: " + told(unproven.getFirst());
        return Optional.of(new Finding(
                Status.True,
                Summary.AllReachable,
                (endpoints.size() - unproven.size()) + " endpoints answered from this cluster." + note));
    }

    /** What keeps the operator from trying proves nothing about the network. */
    private static boolean proven(EndpointStatus endpoint) {
        return EndpointStatuses.reason(endpoint) instanceof Unreached(var reason) && reason.tried();
    }

    private static Finding finding(Status status, EndpointStatus endpoint, int failed, int all) {
        return new Finding(
                status,
                EndpointStatuses.reason(endpoint),
                failed + " of " + all + " endpoints are not reachable. " + told(endpoint));
    }

    /** The lines that a network administrator needs, and who knows nothing of this operator. */
    private static String told(EndpointStatus endpoint) {
        var way = endpoint.tried() == null
                ? ""
                : "tried " + endpoint.tried()
                        + Optional.ofNullable(endpoint.from())
                                .map(it -> " from " + it)
                                .orElse("")
                        + Optional.ofNullable(endpoint.proxy())
                                .map(it -> " through the proxy " + it)
                                .orElse("")
                        + ": ";
        var next = endpoint.nextStep() == null ? "" : ended(endpoint.nextStep());
        return (endpoint.name() + " (since " + endpoint.since() + "): " + way + ended(endpoint.message()) + " " + next)
                .strip();
    }

    private static String ended(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
