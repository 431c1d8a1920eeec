package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What became of the sign-ins with a catalog's credential, wherever each tenant's was last tried. Entra ID judges a
 * credential alike for all tenants, but not all of its replicas know the same at once: what one refuses is not wrong while
 * others take it.
 *
 * @param accepted in how many tenants it was taken
 * @param doubtful in how many it was refused, and may not have arrived
 * @param refused in how many it was refused, and counts as wrong
 * @param ended in how many it was said to have ended, which nobody can say who does not know it
 */
public record SignIns(int accepted, int doubtful, int refused, int ended) {

    /** None was tried. */
    public static final SignIns NONE = new SignIns(0, 0, 0, 0);

    private static final Set<String> ACCEPTED =
            Set.of(ConditionReason.Summary.Authorized.name(), Reason.VerifierPermissionsMissing.name());

    /** @param states what the statuses of onboardings say of the catalog's verifier */
    static SignIns of(Collection<String> states) {
        return new SignIns(
                (int) states.stream().filter(ACCEPTED::contains).count(),
                count(states, Reason.CredentialsPropagating),
                count(states, Reason.CredentialsInvalid),
                count(states, Reason.CredentialsExpired));
    }

    /** Together with those of other onboardings. */
    SignIns and(SignIns others) {
        return new SignIns(
                accepted + others.accepted, doubtful + others.doubtful, refused + others.refused, ended + others.ended);
    }

    /** What speaks against the credential; empty where nothing does. */
    public Optional<Reason> against() {
        if (ended > 0) {
            return Optional.of(Reason.CredentialsExpired);
        }
        // Tokens outlive the credential that they were given for by an hour, so a minority may only be the first.
        if (refused > accepted) {
            return Optional.of(Reason.CredentialsInvalid);
        }
        return refused + doubtful > 0 ? Optional.of(Reason.CredentialsPropagating) : Optional.empty();
    }

    private static int count(Collection<String> states, Reason reason) {
        return (int) states.stream().filter(reason.name()::equals).count();
    }
}
