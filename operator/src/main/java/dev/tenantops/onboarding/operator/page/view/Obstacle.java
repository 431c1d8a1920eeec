package dev.tenantops.onboarding.operator.page.view;

/** What would come of a consent, as far as it is known before the link is opened. */
public enum Obstacle {
    /** It would succeed, and not be seen. */
    VerifierFirst(false),
    /** Part of it would have no effect: an API is not set up in the tenant. */
    ResourceMissing(false),
    /** The publisher's tenant never showed the registration. */
    RegistrationNotFound(false),
    /** Microsoft would not lead back. */
    ReplyUrlMissing(false),
    /** It would not bring all that is needed. */
    PermissionNotRequested(false),
    /** It would fail. */
    RegistrationDeleted(true),
    /** It would fail. */
    RegistrationSingleTenant(true);

    private final boolean certain;

    Obstacle(boolean certain) {
        this.certain = certain;
    }

    /** Whether no consent is worth trying. */
    public boolean certain() {
        return certain;
    }
}
