package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.operator.status.ConditionReason.Open;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.ConditionReason.Unread;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import dev.tenantops.onboarding.operator.verdict.VerifierVerdict;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The condition {@code VerifierAuthorized}: the worst of the verifiers, naming its catalog. */
final class VerifierFinding {

    private VerifierFinding() {}

    static Finding of(StatusInput input) {
        var verifiers = input.verdict().verifiers();
        if (verifiers.isEmpty()) {
            return new Finding(
                    Status.Unknown,
                    new Open(ApplicationState.NotVerified),
                    "No licence could be resolved, so nothing was read. "
                            + "Correct what the condition Stalled or Reconciling names.");
        }
        return worst(verifiers)
                .map(it -> failed(it, input))
                .orElseGet(() -> new Finding(
                        Status.True, Summary.Authorized, "The tenant's directory can be read for every licence."));
    }

    /** The verifier whose failure needs a person first, else whichever failed. */
    static Optional<VerifierVerdict> worst(List<VerifierVerdict> verifiers) {
        return verifiers.stream()
                .filter(it -> it.failure().isPresent())
                .min(Comparator.comparing(
                        it -> !it.failure().orElseThrow().reason().definite()));
    }

    private static Finding failed(VerifierVerdict verifier, StatusInput input) {
        var failure = verifier.failure().orElseThrow();
        return new Finding(
                failure.reason().definite() ? Status.False : Status.Unknown,
                new Unread(failure.reason()),
                NextStep.told(verifier, failure, input.links().verifiers().get(verifier.catalog())));
    }
}
