package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;

/** Obtains tokens. */
@FunctionalInterface
interface TokenSource {

    /** Obtains one, always anew. */
    Reading<AccessToken> acquire(TokenKey key, Verifier verifier);
}
