package dev.tenantops.onboarding.operator.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a callback leads to. */
sealed interface CallbackOutcome {

    /** The least time between two verifications that callbacks may ask for on one onboarding. */
    Duration QUIET_TIME = Duration.ofSeconds(10);

    /** It is no answer of a consent page. */
    record NothingChanged() implements CallbackOutcome {}

    /** Consent was given in another tenant than the one that was asked. */
    record OtherTenant(String expectedTenantId) implements CallbackOutcome {}

    /** Consent was not given. */
    record NotGiven(ConsentRefusal refusal) implements CallbackOutcome {}

    /**
     * Consent is said to have been given.
     *
     * @param due false if a verification was asked for a moment ago
     */
    record ToVerify(KnownOnboarding onboarding, String application, boolean due) implements CallbackOutcome {}

    /**
     * Consent is said to have been given through a link of no onboarding that is there, such as one that was deleted and
     * created anew. The grant may be real, and another onboarding may need it. Whether there is one is not told: a uid is
     * hard to guess, and the tenant of a customer is not.
     */
    record EarlierLink(String tenantId, String application) implements CallbackOutcome {}

    /** Consent is said to have been given, and nobody could be told: the next regular check finds it. */
    record Unasked() implements CallbackOutcome {}

    /** @param onboarding the one with the uid of the callback's state */
    static CallbackOutcome of(ConsentCallback.Reported callback, Optional<KnownOnboarding> onboarding, Instant now) {
        if (onboarding.isEmpty()) {
            return new EarlierLink(callback.tenant(), callback.state().application());
        }
        var known = onboarding.get();
        return callback.tenant().equalsIgnoreCase(known.tenantId())
                ? new ToVerify(known, callback.state().application(), due(known, now))
                : new OtherTenant(known.tenantId());
    }

    // An instant far in the future says that clocks differ or that somebody wrote it by hand; it must not block.
    private static boolean due(KnownOnboarding onboarding, Instant now) {
        return onboarding
                .consentReturned()
                .map(last -> Duration.between(last, now).abs().compareTo(QUIET_TIME) >= 0)
                .orElse(true);
    }
}
