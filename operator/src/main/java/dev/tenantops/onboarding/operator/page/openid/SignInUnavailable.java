package dev.tenantops.onboarding.operator.page.openid;

/** Nobody can sign in now, for a reason that is neither the person's nor the provider's. */
public final class SignInUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    SignInUnavailable(String message) {
        super(message);
    }
}
