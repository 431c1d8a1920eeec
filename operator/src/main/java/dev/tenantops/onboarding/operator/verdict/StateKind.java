package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;

/**
 * What follows from the state of an application, whatever the state is exactly. A state needs a kind, and a kind an answer to
 * each question, or nothing compiles.
 */
public enum StateKind {
    /** What is needed is not granted. */
    Missing,
    /** The rest of what is needed is granted, so that what is missing tells something. */
    Partial,
    /** The same, of which each check asks anew whether it can be granted at all. */
    Undefined,
    /** What is granted is of no effect. */
    Ineffective,
    /** It cannot work, granted or not: the catalog and the clock tell that, and no reading. */
    Retired,
    /** It could not be read. */
    Unknown,
    /** It is not said yet what it is. */
    Passing,
    /** All that is needed is granted, but for what somebody attests the customer does without. */
    Attested,
    /** All that is needed is granted. */
    Granted,
    /** Nothing will ever show it. */
    NotVerifiable,
    /** No licence brings it. */
    Surplus;

    public static StateKind of(ApplicationState state) {
        return switch (state) {
            case ConsentRevoked, ResourceServicePrincipalMissing, UserConsentOnly, ConsentRequired -> Missing;
            case PermissionsMissing, ReconsentRequired, NotRequestedByApplication -> Partial;
            case UnknownPermission -> Undefined;
            case ApplicationDeleted,
                    ApplicationDisabled,
                    ApplicationDeactivated,
                    DisabledByMicrosoft,
                    RegistrationDeleted,
                    RegistrationSingleTenant,
                    ResourceDisabled,
                    PermissionWithdrawn -> Ineffective;
            case PermissionRetired -> Retired;
            case NotVerified -> Unknown;
            case Propagating -> Passing;
            case Attested -> Attested;
            case Granted -> Granted;
            case NotVerifiable -> NotVerifiable;
            case NoLongerLicensed -> Surplus;
        };
    }

    /** Whether readiness waits for such an application, where it is needed. */
    public boolean counts() {
        return switch (this) {
            case Missing, Partial, Undefined, Ineffective, Retired, Unknown, Passing, Attested, Granted -> true;
            case NotVerifiable, Surplus -> false;
        };
    }

    /** Whether the condition {@code ConsentGranted} may have it as its reason. */
    public boolean open() {
        return switch (this) {
            case Missing, Partial, Undefined, Ineffective, Retired, Unknown, Passing, NotVerifiable -> true;
            case Attested, Granted, Surplus -> false;
        };
    }

    /** Whether something was found, rather than that nothing is known yet. */
    public boolean known() {
        return switch (this) {
            case Missing, Partial, Undefined, Ineffective, Retired, Attested, Granted, NotVerifiable, Surplus -> true;
            case Unknown, Passing -> false;
        };
    }

    /** Whether it claims something that is over when its evidence ends. */
    public boolean claims() {
        return switch (this) {
            case Missing, Partial, Undefined, Ineffective, Retired, Passing, Attested, Granted -> true;
            case Unknown, NotVerifiable, Surplus -> false;
        };
    }

    /** Whether what is missing is told with it. */
    public boolean lacks() {
        return switch (this) {
            case Partial, Undefined -> true;
            case Missing, Ineffective, Retired, Unknown, Passing, Attested, Granted, NotVerifiable, Surplus -> false;
        };
    }

    /** Whether the same answers give the same state, however late they come. */
    public boolean rests() {
        return switch (this) {
            case Missing, Partial, Ineffective, Retired, Unknown, Attested, Granted, NotVerifiable, Surplus -> true;
            case Undefined, Passing -> false;
        };
    }

    /** Whether nothing is left to be done about it. */
    public boolean closed() {
        return switch (this) {
            case Attested, Granted -> true;
            case Missing, Partial, Undefined, Ineffective, Retired, Unknown, Passing, NotVerifiable, Surplus -> false;
        };
    }
}
