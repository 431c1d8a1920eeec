package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.CallbackOutcome.EarlierLink;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.ToVerify;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
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

    CallbackPage handle(Map<String, List<String>> parameters) {
        var outcome = switch (ConsentCallback.parse(parameters)) {
            case ConsentCallback.Meaningless _ -> new CallbackOutcome.NothingChanged();
            // Why is told whatever can be read, and whether or not there is an onboarding.
            case ConsentCallback.Refused(var _, var refusal) -> new CallbackOutcome.NotGiven(refusal);
            case ConsentCallback.Reported reported -> outcome(reported, clock.instant());
        };
        return CallbackPage.of(outcome, request(outcome));
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
