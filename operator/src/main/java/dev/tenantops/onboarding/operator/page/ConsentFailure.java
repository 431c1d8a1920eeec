package dev.tenantops.onboarding.operator.page;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Why a consent page says that consent was not given, in our own words: what it wrote itself is never shown, since
 * anybody can forge it. Microsoft adds codes and changes them, so one that is not listed is named and means nothing.
 * Codes: https://learn.microsoft.com/entra/identity-platform/reference-error-codes and
 * https://learn.microsoft.com/entra/identity/enterprise-apps/application-sign-in-unexpected-user-consent-error
 */
enum ConsentFailure {
    Cancelled(
            "The consent was cancelled",
            "Nothing was granted, because the consent page was left without accepting.",
            "If that was not intended, open the consent link again and choose Accept."),
    Declined(
            "The consent was declined",
            "Nothing was granted, because the request was declined on the consent page.",
            "If that was not intended, open the consent link again and choose Accept. If you have doubts about a"
                    + " permission, ask whoever sent you the link what it is for.",
            65004),
    ApprovalRequired(
            "An administrator has to approve",
            "The account that you signed in with may not consent for the whole organization.",
            "Forward the consent link to a colleague who may, such as a Global Administrator or a Privileged Role"
                    + " Administrator, or open it again in a private browser window with such an account.",
            90093,
            90094,
            90095),
    ReviewRequired(
            "An administrator has to review the application",
            "Microsoft considers this consent request risky, for instance because the application's publisher is not"
                    + " verified. Only an administrator can consent to it.",
            "Forward the consent link to a Global Administrator or a Privileged Role Administrator, who should review"
                    + " who publishes the application and what it asks for, and can then accept. Tell whoever sent you"
                    + " the link as well: a verified publisher avoids the warning.",
            900941,
            900981),
    OtherAccount(
            "The account belongs to another organization",
            "The account that you signed in with does not exist in the organization that the link is for, so it cannot"
                    + " consent there.",
            "Open the consent link again in a private browser window, and sign in with an administrator account of the"
                    + " organization that the link is for.",
            50020,
            16000,
            16003,
            50014,
            50034,
            50178,
            500208,
            51004,
            90072),
    ExternalAccountBlocked(
            "A policy keeps accounts of other organizations out",
            "The account that you signed in with is of another organization, and a cross-tenant access policy of one of"
                    + " the two does not let it in.",
            "Open the consent link again in a private browser window, and sign in with an administrator account of the"
                    + " organization that the link is for.",
            500212,
            500213),
    TenantRestricted(
            "Your network allows only some organizations",
            "A tenant restrictions policy of your network or your device does not allow signing in to the organization"
                    + " that the link is for.",
            "Open the consent link from a device and a network of that organization, or ask whoever runs yours to allow"
                    + " it in the tenant restrictions.",
            50002,
            500021,
            500022,
            5000211),
    SignInBlocked(
            "A policy of your organization blocks the sign-in",
            "A Conditional Access policy, a security policy or the security defaults of your organization did not let"
                    + " this sign-in through, for instance because of the device, the place or a risk.",
            "Open the consent link from a device and a place that your organization allows. If that does not help, ask"
                    + " your security administrators: their sign-in logs name the policy.",
            50005,
            50097,
            50129,
            50131,
            50155,
            50158,
            50187,
            53000,
            53001,
            53002,
            53003,
            53011,
            530031,
            530032,
            530034,
            530035),
    StrongAuthenticationMissing(
            "A second factor is missing",
            "Your organization asks for multifactor authentication, which this sign-in did not complete.",
            "Open the consent link again and complete the sign-in with your second factor. If you have none yet, set one"
                    + " up first.",
            50072,
            50074,
            50076,
            50078,
            50079,
            50088,
            53004,
            53010),
    AccountUnusable(
            "The account cannot sign in",
            "The account that you signed in with is locked or disabled, or its password is wrong or has expired.",
            "Open the consent link again with another administrator account, or have this one put right first.",
            50053,
            50055,
            50056,
            50057,
            50126,
            50144),
    NotAssigned(
            "The account is not assigned to the application",
            "The application is open only to assigned accounts in your organization, and the one that you signed in with"
                    + " is not.",
            "Have an administrator assign it to the application (Microsoft Entra admin center, Enterprise applications,"
                    + " Users and groups), or open the consent link again with an account that is assigned.",
            50105),
    ReplyUrlNotRegistered(
            "The application is not set up for this page",
            "The vendor's application does not list the address of this page as a reply URL. This is not your mistake.",
            "Tell whoever sent you the link that the reply URL is not registered. They have to add it to the"
                    + " application, or correct redirectUri in their catalog.",
            50011,
            500113,
            70004,
            900971),
    SingleTenant(
            "The application accepts no other organizations",
            "The vendor's application is registered for the vendor's own tenant only. This is not your mistake.",
            "Tell whoever sent you the link that the application is not multi-tenant.",
            50194),
    StillProvisioning(
            "Microsoft is still setting up the application",
            "The application is just being added to your tenant, or was a moment ago.",
            "Wait a few minutes, then open the consent link again.",
            650051),
    ServiceMissing(
            "Your organization lacks a service that the application needs",
            "A service whose permissions are asked for does not exist in your tenant: it is not subscribed to, or was"
                    + " never set up there, or is switched off.",
            "Ask whoever sent you the link which services the application needs, set up the missing one, then open the"
                    + " consent link again.",
            650052,
            50001,
            500011,
            500014),
    PermissionUnknown(
            "The application asks for a permission that does not exist",
            "One of the permissions asked for is unknown to the service that it belongs to. This is not your mistake.",
            "Tell whoever sent you the link that a permission does not exist.",
            650053),
    Misconfigured(
            "The application is not set up correctly",
            "The vendor's application asks for permissions that it does not register properly. This is not your"
                    + " mistake.",
            "Tell whoever sent you the link that the application is misconfigured.",
            65005,
            650054,
            650056,
            650057),
    ApplicationNotFound(
            "The application was not found",
            "Microsoft knows no such application for your tenant. It may belong to another Microsoft cloud, or have"
                    + " been removed by the vendor.",
            "Check that you signed in to the tenant that the link is for, then tell whoever sent you the link that the"
                    + " application was not found.",
            700011,
            700016),
    ApplicationDisabled(
            "The application is switched off",
            "The application is disabled in your tenant, or by its vendor or Microsoft for everybody.",
            "If your organization has it switched off (Microsoft Entra admin center, Enterprise applications,"
                    + " Properties, Enabled for users to sign in), switch it on and open the consent link again."
                    + " Otherwise tell whoever sent you the link.",
            70001,
            7000112,
            1000031),
    TenantNotFound(
            "The organization was not found",
            "Microsoft knows no tenant such as the one that the link is for: its id is wrong, it lives in another"
                    + " Microsoft cloud, or it was deleted.",
            "Tell whoever sent you the link that the tenant was not found. They have to check the tenant's id and its"
                    + " cloud.",
            50059,
            90002,
            90019,
            90038,
            900021,
            900023,
            900382,
            900432,
            1000104,
            5000224),
    LinkDamaged(
            "The link was not understood",
            "Microsoft could not read the request. A consent link that was copied in part, or changed by a mail program,"
                    + " ends this way.",
            "Open the consent link again exactly as it was sent to you. If that fails as well, ask whoever sent it for a"
                    + " new one.",
            28002,
            28003,
            70011,
            90004,
            90013,
            90014,
            90015,
            90023,
            90100,
            90102,
            900144,
            9002313),
    Transient(
            "Microsoft has a passing problem",
            "Microsoft could not answer the request now. It says nothing about the application or your account.",
            "Wait a few minutes, then open the consent link again.",
            50000,
            50033,
            50196,
            90006,
            90012,
            90024,
            90033,
            90055,
            90090,
            90091),
    Other(
            "The consent was not given",
            "Microsoft reported a problem that this page has no words for.",
            "Open the consent link again. If that fails as well, tell whoever sent you the link what Microsoft's page"
                    + " shows, and the code if one is named here. The page login.microsoftonline.com/error says what a code"
                    + " means.");

    private static final Map<Integer, ConsentFailure> BY_CODE = Arrays.stream(values())
            .flatMap(failure -> Arrays.stream(failure.codes).boxed().map(code -> Map.entry(code, failure)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String title;
    private final String explanation;
    private final String nextStep;
    private final int[] codes;

    ConsentFailure(String title, String explanation, String nextStep, int... codes) {
        this.title = title;
        this.explanation = explanation;
        this.nextStep = nextStep;
        this.codes = codes;
    }

    /** What a code means; empty for one that is not known. */
    static Optional<ConsentFailure> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
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
