package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.operator.desired.SpecProblem;
import dev.tenantops.onboarding.operator.status.ConditionReason.Mistake;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The condition {@code Ready}, from the others. It is Unknown only while {@code Reconciling} is True, and False whenever
 * {@code Stalled} is: kstatus and Flux read the three together.
 */
final class ReadyFinding {

    private ReadyFinding() {}

    /**
     * @param findings of the conditions that {@code Ready} waits for, in their order
     * @param attested how much rests on somebody's word
     */
    static Finding of(
            Map<OwnedCondition, Finding> findings,
            List<SpecProblem> problems,
            boolean stalled,
            Optional<String> attested) {
        if (!problems.isEmpty()) {
            return new Finding(
                    stalled ? Status.False : Status.Unknown,
                    new Mistake(problems.getFirst().reason()),
                    problems.getFirst().message());
        }
        var proven = findings.get(OwnedCondition.ConsentGranted).status() == Status.True;
        var causes = findings.entrySet().stream()
                // While the evidence is fresh, a passing failure to read takes nothing away from what was proven.
                .filter(it -> it.getKey() != OwnedCondition.VerifierAuthorized
                        || it.getValue().status() == Status.False
                        || !proven)
                .map(Map.Entry::getValue)
                .filter(it -> it.status() != Status.True && it.reason().holdsBackReady())
                .toList();
        return causes.stream()
                .filter(it -> it.status() == Status.False)
                .findFirst()
                .or(() -> causes.stream().findFirst())
                .orElseGet(() -> new Finding(
                        Status.True,
                        Summary.Onboarded,
                        attested.map(it -> "Everything that the licences need was proven or attested, as of"
                                        + " status.lastVerified. " + it)
                                .orElse("Everything that the licences need was proven, as of"
                                        + " status.lastVerified.")));
    }
}
