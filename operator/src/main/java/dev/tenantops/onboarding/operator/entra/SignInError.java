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
            501051,
            50105),
    ResourceUnavailable(
            Reason.VerifierConsentRequired,
            "Microsoft Graph itself is absent or switched off there, as after a lapsed subscription",
            "A customer administrator has to restore the tenant's subscription or Microsoft Graph's service principal.",
            500011,
            500014,
            650052,
            50001),
    ConsentMissing(
            Reason.VerifierConsentRequired, "nobody consented to it there", new Remedy.Consent(""), 65001, 90099),
    SecretWrong(
            Reason.CredentialsInvalid,
            "its client secret is wrong",
            "The vendor has to store the secret's value, not its ID, in the Secret that the catalog names.",
            7000215,
            70002),
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
            700024,
            500133),
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
            50012,
            50006,
            50013,
            50027,
            50048,
            700229,
            900384),
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
            1000104,
            90043,
            90051),
    /**
     * Version 1 lists tenants in a header that a proxy adds, version 2 names a policy there. Either is of whoever runs the
     * network that the request crosses. Sources: https://learn.microsoft.com/entra/identity/enterprise-apps/tenant-restrictions
     * and https://learn.microsoft.com/entra/external-id/tenant-restrictions-v2#tenant-restrictions-v2-and-service-principals
     */
    TenantRestrictedByProxy(
            Reason.TenantRestricted,
            "a proxy on the operator's way out restricts which tenants may be reached",
            "The platform team has to allow this tenant in the proxy's tenant restrictions.",
            50002,
            500021,
            500022),
    TenantRestrictedByPolicy(
            Reason.TenantRestricted,
            "a tenant restrictions policy (version 2), which a proxy or firewall on the operator's way out adds to the"
                    + " request, does not let it into this tenant",
            "An administrator of the organization that owns the policy (the customer's, or the operator's own) has to allow"
                    + " the verifier in it: Microsoft Entra admin center, Cross-tenant access settings, Tenant"
                    + " restrictions.",
            5000211),
    OutboundPolicyBlocks(
            Reason.TenantRestricted,
            "the cross-tenant access policy of the vendor's own tenant does not let it out to this tenant",
            "The vendor has to allow this tenant in the outbound access settings of its own tenant.",
            500212),
    InboundPolicyBlocks(
            Reason.ConditionalAccessBlocked,
            "the customer's cross-tenant access policy does not let it in",
            "A customer administrator has to allow the verifier in the inbound access settings (Microsoft Entra admin"
                    + " center, Cross-tenant access settings).",
            500213),
    PolicyBlocks(
            Reason.ConditionalAccessBlocked,
            "a Conditional Access policy of the customer blocks it",
            "A customer administrator has to let the verifier through the policy for workload identities, or to allow the"
                    + " operator's outgoing addresses.",
            53003,
            53011,
            530031,
            530032,
            530035,
            50131,
            53000,
            53001,
            530034),
    Throttled(Reason.Throttled, "Entra ID asks to slow down", "The next check comes later.", 90055),
    LoopDetected(
            Reason.GraphUnavailable,
            "Entra ID sees the same request too often",
            "If this lasts, report it to the operator's maintainers: its token cache does not work.",
            50196),
    Misconfigured(
            Reason.VerifierConsentRequired,
            "its registration asks for no permission on Microsoft Graph, or nobody consented to that there",
            "A customer administrator has to consent to the verifier, once the vendor has listed Directory.Read.All among the"
                    + " permissions of its registration.",
            65005,
            650054,
            650056,
            650057),
    SingleTenant(
            Reason.VerifierConsentRequired,
            "it is registered for the vendor's own tenant only",
            "A customer administrator has to consent to the verifier once the vendor has made its registration"
                    + " multi-tenant.",
            50194),
    ServiceFault(
            Reason.GraphUnavailable,
            "Entra ID has a fault of its own that trying again does not mend",
            "If this lasts, the vendor has to open a support case with Microsoft.",
            90036,
            90092),
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
            900144,
            28003,
            90004,
            90013,
            90014,
            90023,
            90100,
            9002313);

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

    /** Whether a right credential is refused so, too, where it has not arrived yet. */
    boolean spreads() {
        return switch (this) {
            case SecretWrong, CertificateUnknown, FederationMissing -> true;
            default -> false;
        };
    }

    /** What happened, to follow "the verifier cannot sign in: ". */
    String what() {
        return what;
    }

    Remedy remedy() {
        return remedy;
    }
}
