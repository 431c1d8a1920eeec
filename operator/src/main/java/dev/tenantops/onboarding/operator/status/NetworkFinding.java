package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.EndpointStatus;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The condition {@code NetworkReachable}; absent when no endpoint is declared. */
final class NetworkFinding {

    /** What keeps the operator from trying proves nothing about the network. */
    private static final Set<String> UNTRIED =
            Set.of(EndpointStatuses.SECRET_NOT_READABLE, ProbeResult.Reason.AddressNotAllowed.name());

    private NetworkFinding() {}

    static Optional<Finding> of(List<EndpointStatus> endpoints) {
        if (endpoints.isEmpty()) {
            return Optional.empty();
        }
        var failed = endpoints.stream()
                .filter(it -> !it.state().equals(EndpointStatuses.REACHABLE)
                        && !it.state().equals(EndpointStatuses.NOT_PROBED))
                .toList();
        var unreachable =
                failed.stream().filter(it -> !UNTRIED.contains(it.state())).findFirst();
        if (unreachable.isPresent()) {
            return Optional.of(finding(Status.False, unreachable.get(), failed.size(), endpoints.size()));
        }
        if (!failed.isEmpty()) {
            return Optional.of(finding(Status.Unknown, failed.getFirst(), failed.size(), endpoints.size()));
        }
        var untried = endpoints.stream()
                .filter(it -> it.state().equals(EndpointStatuses.NOT_PROBED))
                .toList();
        if (untried.size() == endpoints.size()) {
            return Optional.of(new Finding(
                    Status.Unknown,
                    EndpointStatuses.NOT_PROBED,
                    "No endpoint could be probed, which does not hold back Ready. "
                            + untried.getFirst().message() + " Add a probeUrl to the catalog."));
        }
        var note = untried.isEmpty() ? "" : " " + untried.size() + " more were not probed.";
        return Optional.of(new Finding(
                Status.True,
                "AllReachable",
                (endpoints.size() - untried.size()) + " endpoints answered from this cluster." + note));
    }

    private static Finding finding(Status status, EndpointStatus endpoint, int failed, int all) {
        return new Finding(
                status,
                endpoint.state(),
                failed + " of " + all + " endpoints are not reachable. " + endpoint.name() + " (since "
                        + endpoint.since() + "): " + endpoint.message());
    }
}
