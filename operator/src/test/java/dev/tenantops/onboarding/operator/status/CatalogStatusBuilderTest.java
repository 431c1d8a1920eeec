package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.CatalogMistakes;
import dev.tenantops.onboarding.operator.desired.SpecProblem;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.operator.runbook.Runbook;
import dev.tenantops.onboarding.operator.runbook.Runbooks;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogStatusBuilderTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final String TOKEN_FILE = "/var/run/secrets/azure/tokens/azure-identity-token";
    private static final Credential SECRET = new Credential.ClientSecret("1", "value");
    private static final Credential CERTIFICATE = new Credential.Certificate("1", "certificate", "key");
    private static final Credential TOKEN = new Credential.FederatedToken(Optional.of(TOKEN_FILE));
    private static final Credential NO_TOKEN = new Credential.FederatedToken(Optional.empty());

    @Test
    void aCredentialInASecretIsMendedInTheSecret() {
        for (Credential credential : List.of(SECRET, CERTIFICATE)) {
            var found = condition(credential, Optional.empty());
            assertThat(found)
                    .extracting(Condition::status, Condition::reason)
                    .containsExactly(Status.True, "CredentialsFound");
            assertThat(found.message()).contains("Secret").doesNotContain("federated");
            var refused = condition(credential, Optional.empty(), refusing(Reason.CredentialsInvalid));
            assertThat(refused.status()).isEqualTo(Status.False);
            assertThat(refused.message())
                    .contains("spec.verifier.credentialsRef")
                    .doesNotContain("federated");
        }
    }

    @Test
    void aSecretThatIsNotThereIsToBeCreated() {
        var condition = condition(Reading.failed(Failure.of(
                Reason.CredentialsInvalid, "There is no Secret heedify-verifier.", "Create or correct it.")));
        assertThat(condition)
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, "CredentialsInvalid");
        assertThat(condition.message()).isEqualTo("There is no Secret heedify-verifier. Create or correct it.");
    }

    @Test
    void aFederatedTokenIsFoundInItsFileAndNotInASecret() {
        var condition = condition(TOKEN, Optional.empty());
        assertThat(condition)
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.True, "CredentialsFound");
        assertThat(condition.message()).contains(TOKEN_FILE).doesNotContain("Secret");
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"CredentialsInvalid", "CredentialsExpired"})
    void aRefusedFederatedTokenIsMendedInThePodOrOnTheAppRegistration(Reason reason) {
        var condition = condition(TOKEN, Optional.empty(), refusing(reason));
        assertThat(condition)
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, reason.name());
        assertThat(condition.message())
                .contains(TOKEN_FILE, "AZURE_FEDERATED_TOKEN_FILE", "app registration", "issuer, subject and audience")
                .doesNotContain("Secret");
    }

    @Test
    void aFederatedVerifierWithoutATokenFileIsInvalidBeforeAnyTenantWasAsked() {
        var condition = condition(NO_TOKEN, Optional.empty());
        assertThat(condition)
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, "CredentialsInvalid");
        assertThat(condition.message())
                .contains("AZURE_FEDERATED_TOKEN_FILE")
                .endsWith("or name a Secret in spec.verifier.credentialsRef.");
    }

    @Test
    void anEndIsToldThirtyDaysAheadAndIsFalseFromThenOn() {
        assertThat(condition(SECRET, Optional.of(NOW.plus(Duration.ofDays(30)))).reason())
                .isEqualTo("CredentialsFound");
        assertThat(condition(SECRET, Optional.of(NOW.plus(Duration.ofDays(29)))))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.True, "ExpiresSoon");
        assertThat(condition(SECRET, Optional.of(NOW)))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, "CredentialsExpired");
    }

    @Test
    void aCloudWithoutKnownEndpointsMakesTheCatalogUnusable() {
        assertThat(conditions(false, Reading.of(new Verifier(Samples.VERIFIER, SECRET)), Optional.empty(), List.of()))
                .filteredOn(it -> it.type().equals(ConditionType.READY))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(tuple(Status.False, "CloudNotConfigured"));
    }

    @Test
    void aCatalogWhoseTenantsCannotBeVerifiedIsNotReady() {
        var missing = Failure.of(Reason.CredentialsInvalid, "There is no Secret heedify-verifier.", "Create it.");

        assertThat(conditions(true, Reading.failed(missing), Optional.empty(), List.of()))
                .extracting(Condition::type, Condition::status, Condition::reason)
                .containsExactlyInAnyOrder(
                        tuple(ConditionType.CREDENTIALS_VALID, Status.False, "CredentialsInvalid"),
                        tuple(ConditionType.READY, Status.False, "CredentialsInvalid"));
    }

    @Test
    void aMistakeInTheSpecMakesTheCatalogNotReady() {
        var catalog = Samples.catalog(Samples.CATALOG.replace("portal.heedify.io", "portal.heedify.io/{tenant}"));
        assertThat(conditions(
                        CatalogMistakes.of(catalog.getSpec()),
                        true,
                        Reading.of(new Verifier(Samples.VERIFIER, SECRET)),
                        Optional.empty(),
                        List.of()))
                .filteredOn(it -> it.type().equals(ConditionType.READY))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.status()).isEqualTo(Status.False);
                    assertThat(it.reason()).isEqualTo("InvalidSpec");
                    assertThat(it.message()).contains("portal", "{tenant}", "Write a URL");
                });
    }

    @Test
    void aTransitionTimeThatIsNoneIsNotHandedOn() {
        var foreign = new Condition(ConditionType.READY, Status.True, 1, "soon", "Usable", "");
        assertThat(new Conditions(List.of(foreign), 1, NOW)
                        .set(OwnedCondition.Ready, new Finding(Status.True, Summary.Usable, "It is."))
                        .list())
                .extracting(Condition::lastTransitionTime)
                .containsExactly("2026-03-01T12:00:00Z");
    }

    /** The status of an onboarding whose check ended with this failure. */
    private static TenantOnboardingStatus refusing(Reason reason) {
        return new Story().check(TenantObservation.failed(NOW, Failure.of(reason, "It failed.", "Wait.")));
    }

    private static Condition condition(
            Credential credential, Optional<Instant> expiresAt, TenantOnboardingStatus... onboardings) {
        return condition(Reading.of(new Verifier(Samples.VERIFIER, credential)), expiresAt, List.of(onboardings));
    }

    private static Condition condition(Reading<Verifier> verifier) {
        return condition(verifier, Optional.empty(), List.of());
    }

    private static Condition condition(
            Reading<Verifier> verifier, Optional<Instant> expiresAt, List<TenantOnboardingStatus> onboardings) {
        return conditions(true, verifier, expiresAt, onboardings).stream()
                .filter(it -> it.type().equals(ConditionType.CREDENTIALS_VALID))
                .findFirst()
                .orElseThrow();
    }

    private static List<Condition> conditions(
            boolean cloudKnown,
            Reading<Verifier> verifier,
            Optional<Instant> expiresAt,
            List<TenantOnboardingStatus> onboardings) {
        return conditions(List.of(), cloudKnown, verifier, expiresAt, onboardings);
    }

    private static List<Condition> conditions(
            List<SpecProblem> problems,
            boolean cloudKnown,
            Reading<Verifier> verifier,
            Optional<Instant> expiresAt,
            List<TenantOnboardingStatus> onboardings) {
        var conditions = CatalogStatusBuilder.build(new CatalogStatusBuilder.Input(
                        "heedify",
                        1,
                        ApplicationCatalogStatus.initial(),
                        problems,
                        cloudKnown
                                ? Optional.empty()
                                : Optional.of("The operator does not know it. Set its endpoints."),
                        verifier,
                        expiresAt,
                        CatalogUse.of("heedify", onboardings),
                        NOW))
                .conditions();
        assertThat(conditions)
                .allSatisfy(
                        it -> assertThat(Runbooks.ofReasons().get(it.reason()).tells(Runbook.CATALOG, it))
                                .as("the runbook of %s", it)
                                .isTrue());
        return conditions;
    }
}
