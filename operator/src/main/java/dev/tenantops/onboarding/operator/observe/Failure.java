package dev.tenantops.onboarding.operator.observe;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Why a tenant could not be read.
 *
 * @param reason what kind of failure it is, which decides who acts
 * @param message what happened, as a sentence, without what to do and without secrets; it names an AADSTS code or a Graph
 *     error code where there is one
 * @param remedy what has to be done
 * @param retryAfter how long the service asked to be left alone
 * @param unreached the service, as scheme, host and port, that no answer of its own came from
 * @param untried whether nobody was asked, so that looking again soon costs nothing more
 */
public record Failure(
        Reason reason,
        String message,
        Remedy remedy,
        Optional<Duration> retryAfter,
        Optional<URI> unreached,
        boolean untried) {

    public static Failure of(Reason reason, String message, Remedy remedy) {
        return new Failure(reason, message, remedy, Optional.empty(), Optional.empty(), false);
    }

    /** @param next who has to do what, as whole sentences */
    public static Failure of(Reason reason, String message, String next) {
        return of(reason, message, new Remedy.Instruction(next));
    }

    /** There was no turn to ask; it is worth looking again soon. */
    public static Failure untried(String message, String next) {
        return of(Reason.GraphUnavailable, message, next).ofAnother();
    }

    /** The same for somebody who did not ask, since another had this answer. */
    public Failure ofAnother() {
        return new Failure(reason, message, remedy, retryAfter, unreached, true);
    }

    /** The same, told in better words. */
    public Failure told(String better, String next) {
        return new Failure(reason, better, new Remedy.Instruction(next), retryAfter, unreached, untried);
    }

    /** The same of a service that asked to be left alone. */
    public Failure withRetryAfter(Optional<Duration> asked) {
        return new Failure(reason, message, remedy, asked, unreached, untried);
    }

    /** The reasons of the condition {@code VerifierAuthorized} other than {@code Authorized}, and one that is none. */
    public enum Reason {
        /** The verifier has no (enabled) service principal in the tenant: the customer has to consent to it. */
        VerifierConsentRequired(true),
        /** The verifier is there but lacks the permission to read. */
        VerifierPermissionsMissing(true),
        /** The verifier's credential is absent or refused: the vendor has to mend it. */
        CredentialsInvalid(true),
        /** The verifier's credential ended: the vendor has to renew it. */
        CredentialsExpired(true),
        /**
         * The verifier's credential is refused, and may not have arrived everywhere: it changed a moment ago, or other
         * tenants sign in with it.
         */
        CredentialsPropagating(false),
        /** No such tenant in this cloud. */
        TenantNotFound(true),
        /** The tenant lives in another cloud than the catalog's. */
        WrongCloud(true),
        /** The customer's policies keep the verifier out. */
        ConditionalAccessBlocked(true),
        /** A tenant restrictions policy on the operator's way to the tenant does not let the verifier in. */
        TenantRestricted(true),
        /** The service asked to slow down. */
        Throttled(false),
        /** The service could not be reached, or answered with something that proves nothing. */
        GraphUnavailable(false),
        /**
         * The directory has the application, but the replica that was asked for its grants does not have it, as happens
         * right after a consent, a restoration or a deletion. It says nothing against the verifier. Source, which
         * warns of replication delays: https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignments
         */
        ReplicaBehind(false);

        private final boolean definite;

        Reason(boolean definite) {
            this.definite = definite;
        }

        /** True where a person has to act before reading can work again, false where waiting may help. */
        public boolean definite() {
            return definite;
        }
    }
}
