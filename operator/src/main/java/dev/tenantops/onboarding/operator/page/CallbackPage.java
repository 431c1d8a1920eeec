package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.CallbackOutcome.EarlierLink;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.NotGiven;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.NothingChanged;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.OtherTenant;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.ToVerify;
import dev.tenantops.onboarding.operator.page.CallbackOutcome.Unasked;
import java.util.List;

/** The words of the callback page. None of them comes from the request, but for the number of an AADSTS code. */
public record CallbackPage(Tone tone, String title, List<String> paragraphs) {

    /** How a page looks, beside what it says. */
    public enum Tone {
        Neutral,
        Pending,
        Problem
    }

    /** @param requested whether a verification was asked for */
    static CallbackPage of(CallbackOutcome outcome, boolean requested) {
        return switch (outcome) {
            case NothingChanged _ ->
                new CallbackPage(
                        Tone.Neutral,
                        "Nothing was changed",
                        List.of(
                                "Microsoft's consent pages return here. This visit brought no answer that belongs to"
                                        + " an onboarding known here, so nothing was changed.",
                                "To give consent, open the consent link that you were sent. If it leads here again, ask"
                                        + " whoever sent it for a new one."));
            case OtherTenant(String expected) ->
                new CallbackPage(
                        Tone.Problem,
                        "The consent was given in another tenant",
                        List.of(
                                "The link is for the tenant " + expected + ", but the consent was reported from"
                                        + " another one. Nothing was changed here.",
                                "Open the consent link again in a private browser window, and sign in with an"
                                        + " administrator account of the tenant " + expected + ".",
                                "If the application is not wanted in the other tenant, remove it there: Microsoft"
                                        + " Entra admin center, Enterprise applications."));
            case NotGiven(ConsentRefusal refusal) ->
                new CallbackPage(
                        Tone.Problem,
                        refusal.failure().title(),
                        List.of(refusal.explanation(), refusal.failure().nextStep()));
            case EarlierLink _ ->
                new CallbackPage(
                        Tone.Pending,
                        "The consent was reported through an earlier link",
                        List.of(
                                "This link belongs to no onboarding known here: the one that it was made for was removed,"
                                        + " or replaced by another. A consent belongs to your organization and not to a"
                                        + " link, so what you accepted on Microsoft's page stands.",
                                "Any onboarding of your organization that waits for this application is checked, now or at"
                                        + " its next regular check, by what your organization's directory really shows.",
                                "Nothing is left to do on this page; you can close it. For further consents, ask whoever"
                                        + " sent you this link for the present ones."));
            case ToVerify _, Unasked _ ->
                new CallbackPage(
                        Tone.Pending,
                        "The consent was reported",
                        List.of(
                                requested
                                        ? "It is now being verified in your tenant, which usually takes a few minutes."
                                        : "It will be verified in your tenant at the next regular check.",
                                "Nothing is left to do on this page; you can close it. If anything turns out to be"
                                        + " missing, whoever sent you the link will see what it is."));
        };
    }
}
