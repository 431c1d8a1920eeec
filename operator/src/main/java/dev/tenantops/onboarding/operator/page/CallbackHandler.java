package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.consent.ConsentState;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.EarlierLink;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.ToVerify;
import dev.tenantops.onboarding.operator.page.view.ConsentOutcome;
import dev.tenantops.onboarding.operator.page.view.ReturnedConsent;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Answers a callback: reads it, decides, and asks for a verification where one is due. */
final class CallbackHandler {

    private final OnboardingLookup onboardings;
    private final InstantSource clock;
    private final EarlierLinks earlierLinks;

    /** @param beside runs what must not show in how long an answer takes */
    CallbackHandler(OnboardingLookup onboardings, InstantSource clock, Executor beside) {
        this.onboardings = onboardings;
        this.clock = clock;
        this.earlierLinks = new EarlierLinks(onboardings, clock, beside);
    }

    /**
     * What a callback came to.
     *
     * @param requested whether a verification was asked for
     * @param returned for a browser that came from the page of an onboarding, and may be led back there
     */
    record Handled(CallbackOutcome outcome, boolean requested, Optional<Return> returned) {}

    /** @param uid of the onboarding */
    record Return(String uid, ReturnedConsent consent) {}

    Handled handle(Map<String, List<String>> parameters) {
        var callback = ConsentCallback.parse(parameters);
        var outcome = switch (callback) {
            case ConsentCallback.Meaningless _ -> new CallbackOutcome.NothingChanged();
            // Why is told whatever can be read, and whether or not there is an onboarding.
            case ConsentCallback.Refused(var _, var refusal) -> new CallbackOutcome.NotGiven(refusal);
            case ConsentCallback.Reported reported -> outcome(reported, clock.instant());
        };
        return new Handled(outcome, request(outcome), returned(callback, outcome));
    }

    private static Optional<Return> returned(ConsentCallback callback, CallbackOutcome outcome) {
        return switch (callback) {
            case ConsentCallback.Meaningless _ -> Optional.empty();
            case ConsentCallback.Refused(var state, var refusal) ->
                Optional.of(returned(state, Cards.outcome(refusal.failure())));
            case ConsentCallback.Reported reported ->
                switch (outcome) {
                    case CallbackOutcome.OtherTenant _ ->
                        Optional.of(returned(reported.state(), ConsentOutcome.OtherTenant));
                    case ToVerify _, CallbackOutcome.Unasked _ ->
                        Optional.of(returned(reported.state(), ConsentOutcome.Reported));
                    default -> Optional.empty();
                };
        };
    }

    private static Return returned(ConsentState state, ConsentOutcome outcome) {
        return new Return(state.uid(), new ReturnedConsent(state.application(), outcome));
    }

    /** Whether a verification is asked for. */
    private boolean request(CallbackOutcome outcome) {
        return switch (outcome) {
            case ToVerify(var onboarding, var application, var due)
            when due -> onboardings.requestVerification(onboarding, application, clock.instant());
            case ToVerify _ -> true;
            case EarlierLink(var tenantId, var application) -> {
                earlierLinks.used(tenantId, application);
                yield false;
            }
            default -> false;
        };
    }

    private CallbackOutcome outcome(ConsentCallback.Reported callback, Instant now) {
        try {
            return CallbackOutcome.of(
                    callback, onboardings.byUid(callback.state().uid()), now);
        } catch (OnboardingLookup.Unreadable _) {
            return new CallbackOutcome.Unasked();
        }
    }
}
