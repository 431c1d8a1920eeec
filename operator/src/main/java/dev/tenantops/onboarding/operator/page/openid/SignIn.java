package dev.tenantops.onboarding.operator.page.openid;

import java.util.Optional;

/**
 * Whether people can sign in at all.
 *
 * @param settings empty where they cannot, as by default
 */
public record SignIn(Optional<SignInSettings> settings) {

    public static final SignIn OFF = new SignIn(Optional.empty());

    public boolean on() {
        return settings.isPresent();
    }
}
