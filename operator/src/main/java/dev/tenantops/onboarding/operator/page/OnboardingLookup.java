package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.consent.ConsentState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The onboardings, as the consent callback sees them. Safe for many threads at once. */
public interface OnboardingLookup {

    /** An onboarding is there, and what it says could not be read. */
    final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Unreadable(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Finds an onboarding by {@code metadata.uid}, without asking the API server for all of them.
     *
     * @throws Unreadable for one that the API server had to be asked for, which did not answer
     */
    Optional<KnownOnboarding> byUid(String uid);

    /**
     * The onboardings of a tenant that need a consent to an application, whatever catalog brings it. What the callback
     * cannot read in a cache is left out.
     *
     * @param application its name, or {@link ConsentState#VERIFIER}
     */
    List<KnownOnboarding> ofTenant(String tenantId, String application);

    /** Asks for a verification now, and notes nothing. */
    void requestCheck(KnownOnboarding onboarding, Instant at);

    /**
     * Asks for a verification now, and notes that a browser came back from the consent page of an application.
     *
     * @return false if that could not be written; the verification then waits for its usual time
     */
    boolean requestVerification(KnownOnboarding onboarding, String application, Instant at);
}
