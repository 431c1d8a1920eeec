package dev.tenantops.onboarding.api;

/**
 * What was proven about one application's consent. The names are the reasons of the condition {@code ConsentGranted},
 * but for {@link #NoLongerLicensed}, which no condition speaks of,
 * and for {@link #Granted} and {@link #Attested}, which leave nothing to be done.
 *
 * <p>The worst comes first: what was lost, before what was never there, before what is not known, before what is well.
 * The condition names that of the application that is worst off.
 */
public enum ApplicationState {
    /** What had been granted is no longer. */
    ConsentRevoked,
    /** An administrator deleted the application; the tenant's recycle bin still has it. */
    ApplicationDeleted,
    /** The consent stands, but the tenant's administrator disabled the application, so it gets no tokens. */
    ApplicationDisabled,
    /** The consent stands, but the publisher deactivated the registration, so that no tenant gets tokens. */
    ApplicationDeactivated,
    /** The consent stands, but Microsoft disabled the registration, so that no tenant gets tokens. */
    DisabledByMicrosoft,
    /** The publisher deleted the registration, so that no tenant gets tokens, whatever was granted. */
    RegistrationDeleted,
    /** The publisher closed the registration to other tenants, so that none gets tokens, whatever was granted. */
    RegistrationSingleTenant,
    /** The consent stands without effect: the API that defines the permissions is disabled in the tenant. */
    ResourceDisabled,
    /** The consent stands without effect: the API that defines the permission has withdrawn it. */
    PermissionWithdrawn,
    /** What it needs does not work any more, granted or not: its API's owner has retired the permission. */
    PermissionRetired,
    /** The API that defines the permission does not know it: a mistake in the catalog. */
    UnknownPermission,
    /** Some needed permissions are granted, others are not. */
    PermissionsMissing,
    /** Everything that was asked for before is granted; the catalog asks for more since. */
    ReconsentRequired,
    /** The consent was given, and the application's registration does not ask for the permission. */
    NotRequestedByApplication,
    /** The API that defines the permissions is not provisioned in the tenant. */
    ResourceServicePrincipalMissing,
    /** Users consented for themselves; nobody did for the organization. */
    UserConsentOnly,
    /** No consent was found: the application has no service principal or no grants in the tenant. */
    ConsentRequired,
    /** The tenant could not be read far enough to tell. */
    NotVerified,
    /** A change was seen that other replicas of the directory may not show yet. */
    Propagating,
    /** Every needed permission is granted tenant-wide, but for those that somebody attests the customer does without. */
    Attested,
    /** Every needed permission is granted tenant-wide to an enabled application. */
    Granted,
    /** Nothing in the directory shows whether it was done. */
    NotVerifiable,
    /** The licences no longer bring it, and the tenant still has it: surplus, never fatal. */
    NoLongerLicensed
}
