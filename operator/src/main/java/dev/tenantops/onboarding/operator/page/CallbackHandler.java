package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.CallbackOutcome.ToVerify;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Answers a callback: reads it, decides, and asks for a verification where one is due. */
final class CallbackHandler {

    private final OnboardingLookup onboardings;
    private final InstantSource clock;

    CallbackHandler(OnboardingLookup onboardings, InstantSource clock) {
        this.onboardings = onboardings;
        this.clock = clock;
    }

    CallbackPage handle(Map<String, List<String>> parameters) {
        var callback = ConsentCallback.parse(parameters);
        var outcome = outcome(callback);
        var requested = switch (outcome) {
            case ToVerify(var onboarding, var application, var due)
            when due -> onboardings.requestVerification(onboarding, application, clock.instant());
            case ToVerify _ -> true;
            default -> false;
        };
        return CallbackPage.of(outcome, requested);
    }

    private CallbackOutcome outcome(ConsentCallback callback) {
        try {
            return CallbackOutcome.of(callback, onboarding(callback), clock.instant());
        } catch (OnboardingLookup.Unreadable _) {
            return CallbackOutcome.unread(callback);
        }
    }

    private Optional<KnownOnboarding> onboarding(ConsentCallback callback) {
        return switch (callback) {
            case ConsentCallback.Meaningless _ -> Optional.empty();
            case ConsentCallback.Refused(var state, var _) -> onboardings.byUid(state.uid());
            case ConsentCallback.Reported(var state, var _) -> onboardings.byUid(state.uid());
        };
    }
}
