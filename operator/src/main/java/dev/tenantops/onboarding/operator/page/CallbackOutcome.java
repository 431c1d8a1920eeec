package dev.tenantops.onboarding.operator.page;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What a callback leads to. */
sealed interface CallbackOutcome {

    /** The least time between two verifications that callbacks may ask for on one onboarding. */
    Duration QUIET_TIME = Duration.ofSeconds(10);

    /** It is nothing that this operator knows. A wrong uid looks just as no uid at all. */
    record NothingChanged() implements CallbackOutcome {}

    /** Consent was given in another tenant than the one that was asked. */
    record OtherTenant(String expectedTenantId) implements CallbackOutcome {}

    /** Consent was not given. */
    record NotGiven(ConsentFailure failure) implements CallbackOutcome {}

    /**
     * Consent is said to have been given.
     *
     * @param due false if a verification was asked for a moment ago
     */
    record ToVerify(KnownOnboarding onboarding, String application, boolean due) implements CallbackOutcome {}

    /** Consent is said to have been given, and nobody could be told: the next regular check finds it. */
    record Unasked() implements CallbackOutcome {}

    /** What a callback leads to that belongs to an onboarding of which nothing more could be read. */
    static CallbackOutcome unread(ConsentCallback callback) {
        return switch (callback) {
            case ConsentCallback.Meaningless _ -> new NothingChanged();
            case ConsentCallback.Refused(var _, var failure) -> new NotGiven(failure);
            case ConsentCallback.Reported _ -> new Unasked();
        };
    }

    /** @param onboarding the one with the uid of the callback's state */
    static CallbackOutcome of(ConsentCallback callback, Optional<KnownOnboarding> onboarding, Instant now) {
        if (onboarding.isEmpty()) {
            return new NothingChanged();
        }
        var known = onboarding.get();
        return switch (callback) {
            case ConsentCallback.Meaningless _ -> new NothingChanged();
            case ConsentCallback.Refused(var _, var failure) -> new NotGiven(failure);
            case ConsentCallback.Reported(var _, var tenant)
            when !tenant.equalsIgnoreCase(known.tenantId()) -> new OtherTenant(known.tenantId());
            case ConsentCallback.Reported(var state, var _) ->
                new ToVerify(known, state.application(), due(known, now));
        };
    }

    // An instant far in the future says that clocks differ or that somebody wrote it by hand; it must not block.
    private static boolean due(KnownOnboarding onboarding, Instant now) {
        return onboarding
                .consentReturned()
                .map(last -> Duration.between(last, now).abs().compareTo(QUIET_TIME) >= 0)
                .orElse(true);
    }
}
