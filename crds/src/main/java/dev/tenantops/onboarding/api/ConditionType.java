package dev.tenantops.onboarding.api;

/** The condition types of this API. What each means for the others is declared by the operator that owns them. */
public final class ConditionType {

    /** Everything that the object needs was proven. */
    public static final String READY = "Ready";

    /** Present while the operator is still at work, which kstatus reads. */
    public static final String RECONCILING = "Reconciling";

    /** Present while a person must edit a resource before anything can go on, which kstatus reads. */
    public static final String STALLED = "Stalled";

    /** The tenant's directory can be read. */
    public static final String VERIFIER_AUTHORIZED = "VerifierAuthorized";

    /** Every needed permission of every licensed application is granted tenant-wide. */
    public static final String CONSENT_GRANTED = "ConsentGranted";

    /** Every probed endpoint can be reached; absent when no endpoint is declared. */
    public static final String NETWORK_REACHABLE = "NetworkReachable";

    /** Whatever somebody has to attest is attested; absent where nothing is, and nobody attests anything. */
    public static final String ATTESTED = "Attested";

    /** No permission that a catalog's applications need is retired; absent where the catalog names no retirement. */
    public static final String PERMISSIONS_VALID = "PermissionsValid";

    /** A catalog's verifier credentials exist and do not end soon. */
    public static final String CREDENTIALS_VALID = "CredentialsValid";

    /**
     * The registrations of a catalog's applications, which are the publisher's, serve all tenants; absent while nothing is
     * known against them.
     */
    public static final String REGISTRATIONS_VALID = "RegistrationsValid";

    private ConditionType() {}
}
