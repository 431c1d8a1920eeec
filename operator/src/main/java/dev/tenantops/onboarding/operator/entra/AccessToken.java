package dev.tenantops.onboarding.operator.entra;

import java.time.Duration;

/**
 * An access token for Microsoft Graph in one tenant. Shown nowhere.
 *
 * @param lifetime for how long it is valid, from when it was received
 */
record AccessToken(String value, Duration lifetime) {
    @Override
    public String toString() {
        return "AccessToken[lifetime=" + lifetime + "]";
    }
}
