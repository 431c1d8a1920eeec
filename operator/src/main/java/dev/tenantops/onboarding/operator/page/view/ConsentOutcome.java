package dev.tenantops.onboarding.operator.page.view;

import java.util.Arrays;
import java.util.Optional;

/**
 * What Microsoft's consent page may have said, which is a hint to the person who came back, and proves nothing. Beside the
 * first two they are the reasons for which the callback says that a consent was not given.
 */
public enum ConsentOutcome {
    /** It says that consent was given. */
    Reported,
    /** The consent was given in another tenant. */
    OtherTenant,
    Cancelled,
    Declined,
    ApprovalRequired,
    ReviewRequired,
    OtherAccount,
    ExternalAccountBlocked,
    TenantRestricted,
    SignInBlocked,
    StrongAuthenticationMissing,
    AccountUnusable,
    NotAssigned,
    ReplyUrlNotRegistered,
    SingleTenant,
    StillProvisioning,
    ServiceMissing,
    PermissionUnknown,
    Misconfigured,
    ApplicationNotFound,
    ApplicationDisabled,
    TenantNotFound,
    LinkDamaged,
    Transient,
    Other;

    /** The one of a name; empty for any other text. */
    public static Optional<ConsentOutcome> of(String name) {
        return Arrays.stream(values()).filter(it -> it.name().equals(name)).findFirst();
    }
}
