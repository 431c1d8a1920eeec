package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.ConditionReason.Unread;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The condition {@code CredentialsValid} of a catalog: a Secret and a federated token are mended in different places. */
final class CredentialFinding {

    private static final Duration SOON = Duration.ofDays(30);

    private CredentialFinding() {}

    static Finding of(CatalogStatusBuilder.Input input) {
        return switch (input.verifier()) {
            // Only a Secret that the catalog names can be absent or incomplete.
            case Reading.Failed<Verifier>(Failure failure) ->
                new Finding(Status.False, new Unread(failure.reason()), NextStep.told(failure));
            case Reading.Complete<Verifier>(Verifier verifier) ->
                switch (verifier.credential()) {
                    case Credential.FederatedToken(Optional<String> file) ->
                        file.map(it -> federated(input, it)).orElseGet(CredentialFinding::noToken);
                    case Credential.ClientSecret _, Credential.Certificate _ -> inSecret(input);
                };
        };
    }

    private static Finding noToken() {
        return new Finding(
                Status.False,
                new Unread(Reason.CredentialsInvalid),
                "The catalog names no Secret, and the operator's pod has no federated service-account token:"
                        + " AZURE_FEDERATED_TOKEN_FILE names no file that it can read. Project a token into the pod"
                        + " (workload identity), or name a Secret in spec.verifier.credentialsRef.");
    }

    private static Finding federated(CatalogStatusBuilder.Input input, String file) {
        return refused(
                        input,
                        "The verifier cannot sign in with the operator's federated service-account token. Check that"
                                + " Kubernetes renews the token in " + file + " (AZURE_FEDERATED_TOKEN_FILE), and that"
                                + " the verifier's app registration has a federated credential for the token's issuer,"
                                + " subject and audience.")
                .orElseGet(() -> new Finding(
                        Status.True,
                        Summary.CredentialsFound,
                        "The verifier signs in with the operator's federated service-account token in " + file + "."));
    }

    private static Finding inSecret(CatalogStatusBuilder.Input input) {
        return refused(
                        input,
                        "The verifier cannot sign in with the credential in its Secret. Put a valid one into the Secret"
                                + " that spec.verifier.credentialsRef names.")
                .or(() -> input.expiresAt()
                        .filter(it -> it.isBefore(input.now().plus(SOON)))
                        .map(it -> ending(it, input.now())))
                .orElseGet(() -> new Finding(
                        Status.True, Summary.CredentialsFound, "The verifier's credential was found in its Secret."));
    }

    /** What tenants say against a credential. What only some of them refuse condemns nothing. */
    private static Optional<Finding> refused(CatalogStatusBuilder.Input input, String wrong) {
        var signIns = input.use().signIns();
        return signIns.against()
                .map(it -> it == Reason.CredentialsPropagating
                        ? new Finding(
                                Status.Unknown,
                                new Unread(it),
                                "Entra ID refuses the verifier's credential in "
                                        + (signIns.refused() + signIns.doubtful())
                                        + " tenants and takes it in " + signIns.accepted()
                                        + ". A change of it may not have arrived everywhere. Wait some minutes; the operator"
                                        + " tries again by itself, and calls it invalid where that lasts.")
                        : new Finding(Status.False, new Unread(it), wrong));
    }

    private static Finding ending(Instant end, Instant now) {
        var over = !end.isAfter(now);
        return new Finding(
                over ? Status.False : Status.True,
                over ? new Unread(Reason.CredentialsExpired) : Summary.ExpiresSoon,
                "The verifier's credential ends at " + Timestamps.format(end)
                        + ". Add a new one to the application registration and put it into the Secret.");
    }
}
