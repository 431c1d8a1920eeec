package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.CallbackOutcome.EarlierLink;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.NotGiven;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.NothingChanged;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.OtherTenant;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.ToVerify;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.Unasked;
import dev.tenantops.onboarding.operator.page.view.ConsentOutcome;
import dev.tenantops.onboarding.operator.page.view.Mark;
import dev.tenantops.onboarding.operator.page.view.PageMessages;
import dev.tenantops.onboarding.operator.page.view.StateMessages;
import dev.tenantops.onboarding.operator.page.view.Words;
import java.util.List;
import java.util.stream.Stream;

/** The pages that say one thing, in one language. Nothing of a request is in them, but for the number of an AADSTS code. */
record Cards(PageMessages messages, StateMessages states) {

    Cards(Words words) {
        this(words.messages(), words.states());
    }

    /** The same for a link that never was, and for one that is good no longer. */
    Card notFound() {
        return new Card(Mark.Problem, messages.notFoundTitle(), List.of(messages.notFound(), messages.notFoundNext()));
    }

    Card ended() {
        return new Card(Mark.Neutral, messages.endedTitle(), List.of(messages.linkEnded(), messages.endedNext()));
    }

    Card tooMany() {
        return new Card(Mark.Waiting, messages.tooManyTitle(), List.of(messages.tooMany(), messages.tooManyNext()));
    }

    Card unavailable() {
        return new Card(Mark.Waiting, messages.unavailableTitle(), List.of(messages.unavailable()));
    }

    Card root() {
        return new Card(Mark.Neutral, messages.rootTitle(), List.of(messages.root(), messages.rootNext()));
    }

    /** Where there is nothing to prove yet. */
    Card unproven() {
        return new Card(Mark.Waiting, messages.proofNone(), List.of(messages.proofNoneText()));
    }

    /** @param requested whether a verification was asked for */
    Card callback(CallbackOutcome outcome, boolean requested) {
        return switch (outcome) {
            case NothingChanged _ ->
                new Card(
                        Mark.Neutral,
                        messages.callbackNothingTitle(),
                        List.of(messages.callbackNothing(), messages.callbackNothingNext()));
            case OtherTenant(var expected) ->
                new Card(
                        Mark.Problem,
                        states.outcomeTitle(ConsentOutcome.OtherTenant),
                        List.of(
                                messages.callbackTenant(expected),
                                messages.callbackTenantNext(expected),
                                messages.callbackTenantRemove()));
            case NotGiven(var refusal) -> refused(refusal);
            case EarlierLink _ ->
                new Card(
                        Mark.Waiting,
                        messages.callbackEarlierTitle(),
                        List.of(
                                messages.callbackEarlier(),
                                messages.callbackEarlierChecked(),
                                messages.callbackEarlierNext()));
            case ToVerify _, Unasked _ ->
                new Card(
                        Mark.Waiting,
                        states.outcomeTitle(ConsentOutcome.Reported),
                        List.of(
                                requested ? messages.callbackAsked() : messages.callbackUnasked(),
                                messages.callbackDone()));
        };
    }

    private Card refused(ConsentRefusal refusal) {
        var outcome = outcome(refusal.failure());
        return new Card(
                Mark.Problem,
                states.outcomeTitle(outcome),
                Stream.concat(
                                Stream.of(states.outcome(outcome)),
                                refusal.code().map(it -> messages.callbackCode("AADSTS" + it)).stream())
                        .toList());
    }

    /** The outcome that a failure leads back to the page with. */
    static ConsentOutcome outcome(ConsentFailure failure) {
        return ConsentOutcome.of(failure.name()).orElse(ConsentOutcome.Other);
    }
}
