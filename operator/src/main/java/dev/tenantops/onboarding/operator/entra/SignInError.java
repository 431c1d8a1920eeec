package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Remedy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Why Entra ID refuses a token, by its AADSTS codes. Microsoft adds codes and changes them, so one that is not listed
 * proves nothing. Source: https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
enum SignInError {
    ServicePrincipalMissing(
            Reason.VerifierConsentRequired,
            "it has no service principal there",
            new Remedy.Consent("If every tenant says so, correct the verifier's clientId or the cloud in the catalog."),
            7000229,
            700016,
            700011),
    ApplicationDisabled(
            Reason.VerifierConsentRequired,
            "it is switched off there",
            "A customer administrator has to enable the verifier under Enterprise applications. If every tenant says"
                    + " so, the vendor has to look at the verifier's registration.",
            7000112,
            70001,
            1000031),
    RoleAssignmentRequired(
            Reason.VerifierConsentRequired,
            "Microsoft Graph is open only to assigned applications there, and it is not one",
            new Remedy.Consent("To assign it to Microsoft Graph does as well."),
            501051),
    ResourceUnavailable(
            Reason.VerifierConsentRequired,
            "Microsoft Graph itself is absent or switched off there, as after a lapsed subscription",
            "A customer administrator has to restore the tenant's subscription or Microsoft Graph's service principal.",
            500011,
            500014,
            650052),
    ConsentMissing(Reason.VerifierConsentRequired, "nobody consented to it there", new Remedy.Consent(""), 65001),
    SecretWrong(
            Reason.CredentialsInvalid,
            "its client secret is wrong",
            "The vendor has to store the secret's value, not its ID, in the Secret that the catalog names.",
            7000215),
    CredentialNotSent(
            Reason.CredentialsInvalid,
            "no credential arrived",
            "The vendor has to check the Secret that the catalog names.",
            7000218,
            7000216),
    SecretExpired(
            Reason.CredentialsExpired,
            "its client secret has expired",
            "The vendor has to add a new secret to the verifier's registration and to the Secret that the catalog names.",
            7000222),
    CertificateUnknown(
            Reason.CredentialsInvalid,
            "its certificate is not one of the registration",
            "The vendor has to upload the certificate to the verifier's registration, or store the one that is there.",
            700027),
    AssertionOutsideItsTime(
            Reason.CredentialsInvalid,
            "its assertion is not valid at this time",
            "The vendor has to check the clocks of the cluster's nodes, and that the service-account token is renewed.",
            700024),
    AssertionRefused(
            Reason.CredentialsInvalid,
            "its assertion was refused",
            "The vendor has to compare the credential with those of the verifier's registration: it is the one in the"
                    + " Secret that spec.verifier.credentialsRef of the catalog names or, where it names none, the"
                    + " operator's federated service-account token (AZURE_FEDERATED_TOKEN_FILE).",
            700021,
            700023,
            700025,
            700030,
            50012),
    FederationMissing(
            Reason.CredentialsInvalid,
            "no federated credential matches the operator's service-account token",
            "The vendor has to add one to the verifier's registration, with this cluster's issuer, this service account"
                    + " as subject, and the audience of the cloud.",
            70021,
            700211,
            700212,
            700213),
    IssuerUnreachable(
            Reason.CredentialsInvalid,
            "Entra ID cannot read the keys of the cluster's token issuer",
            "The vendor has to publish the issuer's keys where Microsoft can reach them.",
            50166),
    TenantUnknown(
            Reason.TenantNotFound,
            "there is no such tenant in this cloud",
            "Check spec.tenantId, and the cloud of the catalog; a changed tenant needs a new TenantOnboarding.",
            90002,
            900021,
            900023,
            5000224,
            50059,
            90019,
            9001023),
    OtherCloud(
            Reason.WrongCloud,
            "the tenant lives in another Microsoft cloud",
            "License the publisher's catalog for that cloud.",
            90038,
            900382,
            900432,
            1000104),
    TenantRestricted(
            Reason.GraphUnavailable,
            "a proxy on the operator's own way out restricts which tenants may be reached",
            "The platform team has to allow this tenant in the proxy's tenant restrictions.",
            50002,
            500021,
            500022),
    PolicyBlocks(
            Reason.ConditionalAccessBlocked,
            "a Conditional Access policy of the customer blocks it",
            "A customer administrator has to let the verifier through the policy for workload identities, or to allow the"
                    + " operator's outgoing addresses.",
            53003,
            53011,
            530031,
            530032,
            530035),
    Throttled(Reason.Throttled, "Entra ID asks to slow down", "The next check comes later.", 90055),
    LoopDetected(
            Reason.GraphUnavailable,
            "Entra ID sees the same request too often",
            "If this lasts, report it to the operator's maintainers: its token cache does not work.",
            50196),
    Transient(
            Reason.GraphUnavailable,
            "Entra ID has a passing problem",
            "The next check tries again.",
            90033,
            90006,
            90012,
            90024,
            90090,
            90091,
            50033,
            50000),
    RequestNotUnderstood(
            Reason.GraphUnavailable,
            "Entra ID did not understand the request",
            "If this lasts, report it to the operator's maintainers.",
            70011,
            28002,
            700022,
            1002012,
            900144);

    private static final Pattern CODE = Pattern.compile("AADSTS(\\d{1,9})");
    private static final Map<Integer, SignInError> BY_CODE = Arrays.stream(values())
            .flatMap(error -> Arrays.stream(error.codes).boxed().map(code -> Map.entry(code, error)))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private final Reason reason;
    private final String what;
    private final Remedy remedy;
    private final int[] codes;

    SignInError(Reason reason, String what, String next, int... codes) {
        this(reason, what, new Remedy.Instruction(next), codes);
    }

    SignInError(Reason reason, String what, Remedy remedy, int... codes) {
        this.reason = reason;
        this.what = what;
        this.remedy = remedy;
        this.codes = codes;
    }

    /** The first code in an error description; msal4j exposes codes nowhere else. */
    static Optional<Integer> codeIn(String description) {
        return Optional.ofNullable(description)
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(match -> Integer.valueOf(match.group(1)));
    }

    static Optional<SignInError> of(int code) {
        return Optional.ofNullable(BY_CODE.get(code));
    }

    Reason reason() {
        return reason;
    }

    /** What happened, to follow "the verifier cannot sign in: ". */
    String what() {
        return what;
    }

    Remedy remedy() {
        return remedy;
    }
}
