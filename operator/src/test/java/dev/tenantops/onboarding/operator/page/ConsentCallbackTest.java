package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.consent.ConsentState;
import dev.tenantops.onboarding.operator.page.ConsentCallback.Meaningless;
import dev.tenantops.onboarding.operator.page.ConsentCallback.Refused;
import dev.tenantops.onboarding.operator.page.ConsentCallback.Reported;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentCallbackTest {

    private static final String UID = "7d1c2a34-0b5e-4f6a-8c9d-112233445566";
    private static final String TENANT = "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10";
    private static final ConsentState STATE = new ConsentState(UID, "call-center");

    @Test
    void noParametersMeanNothing() {
        assertThat(ConsentCallback.parse(Map.of())).isEqualTo(new Meaningless());
    }

    @Test
    void aReportedConsentHasItsTenantAndState() {
        assertThat(parse(Map.of("admin_consent", "True", "tenant", TENANT, "state", UID + ".call-center")))
                .isEqualTo(new Reported(STATE, TENANT));
    }

    @Test
    void theScopeOfTheV2EndpointIsIgnored() {
        assertThat(parse(Map.of(
                        "admin_consent",
                        "True",
                        "tenant",
                        TENANT,
                        "state",
                        UID + ".call-center",
                        "scope",
                        "https://graph.microsoft.com/User.Read")))
                .isEqualTo(new Reported(STATE, TENANT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"False", "", "yes", "True True"})
    void anAdminConsentOtherThanTrueMeansNothing(String adminConsent) {
        assertThat(parse(Map.of("admin_consent", adminConsent, "tenant", TENANT, "state", UID + ".call-center")))
                .isEqualTo(new Meaningless());
    }

    @Test
    void aReportWithoutATenantMeansNothing() {
        assertThat(parse(Map.of("admin_consent", "True", "state", UID + ".call-center")))
                .isEqualTo(new Meaningless());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "call-center",
                UID,
                UID + ".",
                UID + ".Call-Center",
                UID + ".call center",
                UID + ".-call",
                UID + "..call",
                UID + ".call\n",
                "." + "call-center",
                "7D1C2A34-0B5E-4F6A-8C9D-112233445566.call-center",
                UID + ".<script>"
            })
    void aMalformedStateMeansNothing(String state) {
        assertThat(parse(Map.of("admin_consent", "True", "tenant", TENANT, "state", state)))
                .isEqualTo(new Meaningless());
        assertThat(parse(Map.of("error", "access_denied", "state", state))).isEqualTo(new Meaningless());
    }

    @Test
    void aStateOfBoundedLengthOnlyIsTaken() {
        var name = "a".repeat(317);

        assertThat(ConsentState.parse(UID + "." + name)).contains(new ConsentState(UID, name));
        assertThat(ConsentState.parse(UID + "." + name + "a")).isEmpty();
    }

    @Test
    void aRepeatedParameterMeansNothing() {
        assertThat(ConsentCallback.parse(Map.of(
                        "admin_consent", List.of("True"),
                        "tenant", List.of(TENANT, "00000000-0000-0000-0000-000000000000"),
                        "state", List.of(UID + ".call-center"))))
                .isEqualTo(new Meaningless());
    }

    @Test
    void anErrorCountsThoughAdminConsentIsTrue() {
        assertThat(parse(Map.of(
                        "admin_consent",
                        "True",
                        "tenant",
                        TENANT,
                        "state",
                        UID + ".call-center",
                        "error",
                        "consent_required",
                        "error_description",
                        "AADSTS65004: User declined to consent.")))
                .isEqualTo(new Refused(STATE, new ConsentRefusal(ConsentFailure.Declined, Optional.of(65004))));
    }

    @ParameterizedTest
    @CsvSource({
        "consent_required, '', AADSTS65004: User declined, Declined",
        "access_denied, cancel, AADSTS65004: User declined, Declined",
        "access_denied, cancel, '', Cancelled",
        "access_denied, '', '', Cancelled",
        "permission_denied, '', The admin canceled the request, Cancelled",
        "something, cancel, '', Cancelled",
        "access_denied, '', AADSTS90093: A policy prevents you from granting, ApprovalRequired",
        "access_denied, '', AADSTS90094: The grant requires admin permission., ApprovalRequired",
        "access_denied, '', AADSTS90095: Admin consent is required., ApprovalRequired",
        "access_denied, '', AADSTS900941: Administrator consent is required. App is considered risky., ReviewRequired",
        "access_denied, cancel, AADSTS900981: risky, ReviewRequired",
        "access_denied, '', AADSTS50020: User account does not exist in tenant, OtherAccount",
        "interaction_required, '', AADSTS16000: User account does not exist in tenant, OtherAccount",
        "access_denied, '', AADSTS500213: inbound policy, ExternalAccountBlocked",
        "access_denied, '', AADSTS5000211: A tenant restrictions policy, TenantRestricted",
        "access_denied, '', AADSTS53003: Conditional Access, SignInBlocked",
        "access_denied, '', AADSTS50076: MFA, StrongAuthenticationMissing",
        "access_denied, '', AADSTS50057: disabled, AccountUnusable",
        "access_denied, '', AADSTS50105: not assigned, NotAssigned",
        "invalid_request, '', AADSTS50011: The reply URL does not match, ReplyUrlNotRegistered",
        "invalid_request, '', AADSTS500113: No reply address is registered, ReplyUrlNotRegistered",
        "invalid_request, '', AADSTS50194: Application is not configured as a multi-tenant application, SingleTenant",
        "invalid_client, '', AADSTS650051: already present, StillProvisioning",
        "invalid_client, '', AADSTS650052: lacks a service principal, ServiceMissing",
        "invalid_client, '', AADSTS650053: asked for scope that does not exist, PermissionUnknown",
        "invalid_client, '', AADSTS650054: x, Misconfigured",
        "invalid_client, '', AADSTS650056: x, Misconfigured",
        "invalid_client, '', AADSTS650057: x, Misconfigured",
        "unauthorized_client, '', AADSTS700016: Application was not found, ApplicationNotFound",
        "unauthorized_client, '', AADSTS7000112: Application is disabled, ApplicationDisabled",
        "invalid_request, '', AADSTS90002: Tenant not found, TenantNotFound",
        "invalid_request, '', AADSTS900144: must contain a parameter, LinkDamaged",
        "server_error, '', AADSTS90090: intermittent, Transient",
        "temporarily_unavailable, '', '', Transient",
        "server_error, '', '', Transient",
        "invalid_request, '', '', Other"
    })
    void anErrorIsWhatItsCodeMeansAndWithoutOneWhatItIsCalled(
            String error, String subcode, String description, ConsentFailure failure) {
        assertThat(refusal(error, subcode, description, "").failure()).isEqualTo(failure);
    }

    @ParameterizedTest
    @CsvSource({
        "access_denied, cancel, AADSTS399284: new and unheard of, 399284",
        "access_denied, '', AADSTS6500561: x, 6500561",
        "permission_denied, cancel, AADSTS5001: x, 5001"
    })
    void anUnknownCodeIsNamedAndNeverCalledCancelled(String error, String subcode, String description, int code) {
        assertThat(refusal(error, subcode, description, ""))
                .isEqualTo(new ConsentRefusal(ConsentFailure.Other, Optional.of(code)));
    }

    @Test
    void aCodeThatOnlyTheAddressOfAnErrorNamesCountsToo() {
        assertThat(refusal("access_denied", "", "", "https://login.microsoftonline.com/error?code=50020"))
                .isEqualTo(new ConsentRefusal(ConsentFailure.OtherAccount, Optional.of(50020)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AADSTS", "AADSTS12", "AADSTS1234567890", "AADSTS-50020", "aadsts50020", "50020"})
    void whatIsNoCodeIsNone(String description) {
        assertThat(refusal("invalid_request", "", description, "").code()).isEmpty();
    }

    private static ConsentRefusal refusal(String error, String subcode, String description, String address) {
        var parsed = parse(Map.of(
                "error",
                error,
                "error_subcode",
                subcode,
                "error_description",
                description,
                "error_uri",
                address,
                "state",
                UID + ".call-center"));
        return parsed instanceof Refused(var _, var refusal) ? refusal : null;
    }

    private static ConsentCallback parse(Map<String, String> parameters) {
        var lists = new HashMap<String, List<String>>();
        parameters.forEach((name, value) -> lists.put(name, List.of(value)));
        return ConsentCallback.parse(lists);
    }
}
