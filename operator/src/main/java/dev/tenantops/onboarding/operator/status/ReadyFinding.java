package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.operator.desired.SpecProblem;
import dev.tenantops.onboarding.operator.status.ConditionReason.Mistake;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The condition {@code Ready}, from the others. It is Unknown only while {@code Reconciling} is True, and False whenever
 * {@code Stalled} is: kstatus and Flux read the three together.
 */
final class ReadyFinding {

    private ReadyFinding() {}

    static Finding of(
            Finding verifier, Finding consent, Optional<Finding> network, List<SpecProblem> problems, boolean stalled) {
        if (!problems.isEmpty()) {
            return new Finding(
                    stalled ? Status.False : Status.Unknown,
                    new Mistake(problems.getFirst().reason()),
                    problems.getFirst().message());
        }
        // While the evidence is fresh, a passing failure to read takes nothing away from what was proven.
        var causes = Stream.of(Optional.of(verifier), Optional.of(consent), network)
                .flatMap(Optional::stream)
                .filter(it -> it.status() != Status.True)
                .filter(it -> it.status() == Status.False || it != verifier || consent.status() != Status.True)
                .filter(it -> !EndpointStatuses.UNPROVEN.contains(it.reason()))
                .toList();
        return causes.stream()
                .filter(it -> it.status() == Status.False)
                .findFirst()
                .or(() -> causes.stream().findFirst())
                .orElseGet(() -> new Finding(
                        Status.True,
                        Summary.Onboarded,
                        "Everything that the licences need was proven, as of status.lastVerified."));
    }
}
