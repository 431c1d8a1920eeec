package dev.tenantops.onboarding.operator.page;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Why a consent page says that consent was not given, in our own words: what it wrote itself is never shown, since
 * anybody can forge it. Codes:
 * https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
enum ConsentFailure {
    Cancelled(
            Set.of(),
            "The consent was cancelled",
            "Nothing was granted, because the consent page was left without accepting.",
            "If that was not intended, open the consent link again and choose Accept."),
    Declined(
            Set.of(65004),
            "The consent was declined",
            "Nothing was granted, because the request was declined on the consent page.",
            "If that was not intended, open the consent link again and choose Accept. If you have doubts about a"
                    + " permission, ask whoever sent you the link what it is for."),
    ApprovalRequired(
            Set.of(90094, 90095),
            "An administrator has to approve",
            "The account that you signed in with may not consent for the whole organization.",
            "Forward the consent link to a colleague who may, such as a Global Administrator or a Privileged Role"
                    + " Administrator, or open it again in a private browser window with such an account."),
    ReplyUrlNotRegistered(
            Set.of(50011, 500113),
            "The application is not set up for this page",
            "The vendor's application does not list the address of this page as a reply URL. This is not your mistake.",
            "Tell whoever sent you the link that the reply URL is not registered (AADSTS50011). They have to add it to"
                    + " the application, or correct redirectUri in their catalog."),
    SingleTenant(
            Set.of(50194),
            "The application accepts no other organizations",
            "The vendor's application is registered for the vendor's own tenant only. This is not your mistake.",
            "Tell whoever sent you the link that the application is not multi-tenant (AADSTS50194)."),
    StillProvisioning(
            Set.of(650051),
            "Microsoft is still setting up the application",
            "The application is just being added to your tenant, or was a moment ago.",
            "Wait a few minutes, then open the consent link again."),
    ServiceMissing(
            Set.of(650052),
            "Your organization lacks a service that the application needs",
            "A service whose permissions are asked for does not exist in your tenant: it is not subscribed to, or was"
                    + " never set up there.",
            "Ask whoever sent you the link which services the application needs (AADSTS650052), set up the missing"
                    + " one, then open the consent link again."),
    PermissionUnknown(
            Set.of(650053),
            "The application asks for a permission that does not exist",
            "One of the permissions asked for is unknown to the service that it belongs to. This is not your mistake.",
            "Tell whoever sent you the link that a permission does not exist (AADSTS650053)."),
    Misconfigured(
            Set.of(650054, 650056, 650057),
            "The application is not set up correctly",
            "The vendor's application asks for permissions that it does not register properly. This is not your"
                    + " mistake.",
            "Tell whoever sent you the link that the application is misconfigured (AADSTS650056)."),
    ApplicationNotFound(
            Set.of(700016),
            "The application was not found",
            "Microsoft knows no such application for your tenant. It may belong to another Microsoft cloud, or have"
                    + " been removed by the vendor.",
            "Check that you signed in to the tenant that the link is for, then tell whoever sent you the link that the"
                    + " application was not found (AADSTS700016)."),
    Other(
            Set.of(),
            "The consent was not given",
            "Microsoft reported a problem that is not known here.",
            "Open the consent link again. If that fails as well, tell whoever sent you the link what Microsoft's page"
                    + " shows.");

    private static final Pattern CODE = Pattern.compile("AADSTS([0-9]{5,7})(?![0-9])");
    private static final Set<String> CANCELLED = Set.of("access_denied", "permission_denied");

    private final Set<Integer> codes;
    private final String title;
    private final String explanation;
    private final String nextStep;

    ConsentFailure(Set<Integer> codes, String title, String explanation, String nextStep) {
        this.codes = codes;
        this.title = title;
        this.explanation = explanation;
        this.nextStep = nextStep;
    }

    /** The known failure that the parameters of an error speak of, the most exact one first. */
    static ConsentFailure of(String error, String subcode, String description) {
        var code = CODE.matcher(description);
        Optional<ConsentFailure> exact = code.find()
                ? Arrays.stream(values())
                        .filter(it -> it.codes.contains(Integer.valueOf(code.group(1))))
                        .findFirst()
                : Optional.empty();
        var cancelled = subcode.equals("cancel") || CANCELLED.contains(error);
        return exact.orElse(cancelled ? Cancelled : Other);
    }

    String title() {
        return title;
    }

    String explanation() {
        return explanation;
    }

    String nextStep() {
        return nextStep;
    }
}
