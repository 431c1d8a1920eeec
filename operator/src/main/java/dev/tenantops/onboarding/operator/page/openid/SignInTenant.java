package dev.tenantops.onboarding.operator.page.openid;

import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.oidc.runtime.OidcTenantConfig.Authentication.CookieSameSite;
import io.quarkus.oidc.runtime.OidcTenantConfig.TokenStateManager.Strategy;
import java.time.Duration;

/** What the library is told of the provider, and of how much it is believed. */
final class SignInTenant {

    static final String ID = "vendor";

    /** The name of the trust anchors, where there are some. */
    static final String TRUST = "onboarding-openid";

    private static final Duration TO_THE_PROVIDER = Duration.ofSeconds(5);
    private static final Duration TIME_TO_SIGN_IN = Duration.ofMinutes(10);

    /** How far the provider's clock and ours may differ. */
    private static final int CLOCK_SKEW_SECONDS = 30;

    private SignInTenant() {}

    static OidcTenantConfig of(SignInSettings settings, ClientSecret secret) {
        var tenant = OidcTenantConfig.authServerUrl(settings.issuer().toString())
                .tenantId(ID)
                .applicationType(ApplicationType.WEB_APP)
                .clientId(settings.clientId())
                .credentials(secret.value())
                .connectionTimeout(TO_THE_PROVIDER)
                .connectionRetryCount(1)
                .token()
                .lifespanGrace(CLOCK_SKEW_SECONDS)
                .end()
                // Nothing but who somebody is: no token with which anything could be asked for is kept. When the ID
                // token
                // ends, the provider is asked again, and what groups somebody is in by then.
                .tokenStateManager()
                .strategy(Strategy.ID_TOKEN)
                .encryptionSecret(secret.derived("session cookie"))
                .end()
                .authentication()
                .pkceRequired()
                .nonceRequired()
                .stateSecret(secret.derived("state cookie"))
                .stateCookieAge(TIME_TO_SIGN_IN)
                .scopes(settings.scopes())
                .redirectPath(settings.address(SignInSettings.SIGNED_IN))
                .restorePathAfterRedirect()
                .errorPath(settings.address(SignInSettings.FAILED))
                .cookiePath(SignInSettings.ROOT)
                .cookieForceSecure(settings.encrypted())
                // The provider's redirect back is a navigation, which Lax lets through.
                .cookieSameSite(CookieSameSite.LAX)
                .stateCookieSameSite(CookieSameSite.LAX)
                .end();
        return (settings.caBundle().isPresent() ? tenant.tlsConfigurationName(TRUST) : tenant).build();
    }
}
