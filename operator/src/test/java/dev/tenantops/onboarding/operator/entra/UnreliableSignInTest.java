package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.SECRET;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour.MissingServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever Entra ID answers instead of a token: it says who has to act, and no token is made of it. */
class UnreliableSignInTest {

    private static final long MAX_RESPONSE_BYTES = 256 * 1024;

    static final List<Effect> NO_REASON_GIVEN = List.of(
            new Effect.Html(200),
            new Effect.Html(403),
            new Effect.Html(502),
            new Effect.EmptyBody(200),
            new Effect.EmptyBody(302),
            new Effect.EmptyBody(503),
            new Effect.EmptyObject(),
            new Effect.Truncated(),
            new Effect.Padded(2 * MAX_RESPONSE_BYTES),
            new Effect.Disconnect(),
            Effect.status(500),
            Effect.status(503));

    @AutoClose
    private final Laboratory laboratory = new Laboratory(MAX_RESPONSE_BYTES);

    @ParameterizedTest
    @FieldSource("NO_REASON_GIVEN")
    void anAnswerWithoutAReasonProvesNothing(Effect effect) {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, effect));
        Failure failure = failure();
        assertThat(failure.reason()).isEqualTo(Reason.GraphUnavailable);
        assertThat(failure.message())
                .contains("Entra ID")
                .doesNotContain("html")
                .endsWith(".");
        assertThat(laboratory.simulator.requests().count(RequestKind.BATCH)).isZero();
        assertThat(laboratory.simulator.requests().count(RequestKind.TOKEN)).isEqualTo(1);
        laboratory.tenants.heal();
        assertThat(read().applications().ifComplete()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "7000229, VerifierConsentRequired",
        "700016, VerifierConsentRequired",
        "7000112, VerifierConsentRequired",
        "7000215, CredentialsInvalid",
        "7000222, CredentialsExpired",
        "90002, TenantNotFound",
        "53003, ConditionalAccessBlocked",
        "5000211, TenantRestricted",
        "500021, TenantRestricted",
        "500213, ConditionalAccessBlocked",
    })
    void aCodeSaysWhoHasToAct(int code, Reason reason) {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, Effect.aadsts(code)));
        Failure failure = failure();
        assertThat(failure.reason()).isEqualTo(reason);
        assertThat(failure.message())
                .contains("AADSTS" + code)
                .contains(VERIFIER)
                .contains(TENANT)
                .doesNotContain("Trace ID")
                .doesNotContain(SECRET);
    }

    @Test
    void throttlingOfTheSignInSaysHowLongToWait() {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, Effect.throttled(Duration.ofSeconds(11))));
        Failure failure = failure();
        assertThat(failure.reason()).isEqualTo(Reason.Throttled);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(11));
    }

    @Test
    void aFailureIsNotRemembered() {
        laboratory.tenants.fail(
                Fault.on(RequestKind.TOKEN, Effect.aadsts(7000229)).times(1));
        assertThat(read().applications().ifFailed()).isPresent();
        assertThat(read().applications().ifComplete()).isPresent();
    }

    @Test
    void aWrongSecretIsTheVendorsToMend() {
        laboratory.use(new Credential.ClientSecret("2", "wrong"));
        assertThat(failure().reason()).isEqualTo(Reason.CredentialsInvalid);
        assertThat(failure().message()).contains("AADSTS7000215").doesNotContain("wrong\"");
        assertThat(failure().remedy().toString()).contains("vendor");
    }

    @Test
    void anExpiredSecretIsTheVendorsToRenew() {
        laboratory.tenants.expireSecrets(VERIFIER);
        assertThat(failure().reason()).isEqualTo(Reason.CredentialsExpired);
    }

    @Test
    void aDisabledVerifierIsTheCustomersToEnable() {
        laboratory.tenants.setEnabled(TENANT, VERIFIER, false);
        assertThat(failure().reason()).isEqualTo(Reason.VerifierConsentRequired);
        assertThat(failure().remedy().toString())
                .contains("customer administrator")
                .contains("enable");
    }

    @ParameterizedTest
    @EnumSource(MissingServicePrincipal.class)
    void aVerifierWithoutConsentIsFoundOutHoweverEntraIdPutsIt(MissingServicePrincipal answer) {
        laboratory.tenants.behaviour().missingServicePrincipal(answer);
        laboratory.tenants.purge(TENANT, VERIFIER);
        assertThat(failure().reason()).isEqualTo(Reason.VerifierConsentRequired);
    }

    private Failure failure() {
        return read().applications().ifFailed().orElseThrow();
    }

    private TenantObservation read() {
        return laboratory.read(TENANT, List.of());
    }
}
