package dev.tenantops.onboarding.operator.page;

import java.time.Instant;
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
     * Asks for a verification now, and notes that a browser came back from the consent page of an application.
     *
     * @return false if that could not be written; the verification then waits for its usual time
     */
    boolean requestVerification(KnownOnboarding onboarding, String application, Instant at);
}
