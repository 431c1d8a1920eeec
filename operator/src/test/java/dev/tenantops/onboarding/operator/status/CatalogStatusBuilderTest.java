package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.CatalogMistakes;
import dev.tenantops.onboarding.operator.desired.DesiredRegistration;
import dev.tenantops.onboarding.operator.desired.SpecProblem;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Remedy;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.operator.runbook.Runbook;
import dev.tenantops.onboarding.operator.runbook.Runbooks;
import dev.tenantops.onboarding.operator.status.CatalogUse.Withdrawn;
import dev.tenantops.onboarding.operator.status.ConditionReason.Summary;
import dev.tenantops.onboarding.operator.status.Conditions.Finding;
import dev.tenantops.onboarding.operator.verdict.RegistrationVerdict;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
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
    private static final String HOME = "3c1f6d0e-0000-4000-8000-00000000ffff";
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
    void whatWasTakenFromAllTenantsIsToldOnceWithItsNameAndInHowManyItWasSeen() {
        var conditions = conditions(
                true,
                Reading.of(new Verifier(Samples.VERIFIER, SECRET)),
                Optional.empty(),
                List.of(
                        showing(Registration.Deactivated),
                        showing(Registration.Deactivated),
                        showing(Registration.Active)));
        assertThat(conditions)
                .extracting(Condition::type, Condition::status, Condition::reason)
                .contains(
                        tuple(ConditionType.REGISTRATIONS_VALID, Status.False, "ApplicationDeactivated"),
                        tuple(ConditionType.READY, Status.False, "ApplicationDeactivated"));
        assertThat(conditions)
                .filteredOn(it -> it.type().equals(ConditionType.REGISTRATIONS_VALID))
                .singleElement()
                .satisfies(it -> assertThat(it.message())
                        .startsWith("The publisher deactivated the registration of console, so that no tenant gets"
                                + " tokens for it (seen in the tenants of 2 of 3 onboardings). Activate it again"));
    }

    @Test
    void whatMicrosoftTookIsMicrosoftsToGiveBack() {
        assertThat(conditions(
                        true,
                        Reading.of(new Verifier(Samples.VERIFIER, SECRET)),
                        Optional.empty(),
                        List.of(showing(Registration.DisabledByMicrosoft))))
                .filteredOn(it -> it.type().equals(ConditionType.REGISTRATIONS_VALID))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.reason()).isEqualTo("DisabledByMicrosoft");
                    assertThat(it.message()).startsWith("Microsoft disabled").contains("1 of 1 onboardings");
                });
    }

    @Test
    void thatADeactivationWouldNotShowIsSaidAndMakesNothingUnusable() {
        assertThat(conditions(CatalogUse.NONE.deactivationNotShown(true)))
                .extracting(Condition::type, Condition::status, Condition::reason)
                .containsExactlyInAnyOrder(
                        tuple(ConditionType.CREDENTIALS_VALID, Status.True, "CredentialsFound"),
                        tuple(ConditionType.REGISTRATIONS_VALID, Status.Unknown, "DeactivationNotShown"),
                        tuple(ConditionType.READY, Status.True, "Usable"));
    }

    @Test
    void whereNothingIsKnownAgainstTheRegistrationsNothingIsSaidOfThem() {
        assertThat(conditions(CatalogUse.NONE))
                .extracting(Condition::type)
                .containsExactlyInAnyOrder(ConditionType.CREDENTIALS_VALID, ConditionType.READY);
    }

    @Test
    void registrationsThatAreAsTheyHaveToBeAreSaidToBe() {
        var status = home(ApplicationCatalogStatus.initial(), read(RegistrationState.Registered));
        assertThat(status.homeTenantId()).isEqualTo(HOME);
        assertThat(status.registrations())
                .containsExactly(new RegistrationStatus(
                        "console", Samples.CONSOLE, RegistrationState.Registered, null, null, List.of()));
        assertThat(registrations(status))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.True, "RegistrationsFound");
    }

    @Test
    void aDeletedRegistrationIsToldWithItsTimeAndTheOnboardingsThatItHits() {
        var deleted = new Registrations.Read(List.of(new RegistrationVerdict(
                desired(), RegistrationState.Deleted, Optional.of(NOW), Optional.empty(), List.of())));
        var status = home(
                ApplicationCatalogStatus.initial(),
                deleted,
                new CatalogUse(
                        40,
                        Optional.empty(),
                        SignIns.NONE,
                        List.of(new Withdrawn("console", ApplicationState.RegistrationDeleted, 37)),
                        false));
        assertThat(registrations(status))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, "RegistrationDeleted");
        assertThat(registrations(status).message())
                .contains(
                        "console (" + Samples.CONSOLE + ")",
                        "2026-03-01T12:00:00Z",
                        "37 of 40 onboardings",
                        "Restore it");
        assertThat(status.conditions())
                .filteredOn(it -> it.type().equals(ConditionType.READY))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(tuple(Status.False, "RegistrationDeleted"));
    }

    @Test
    void whatNewCustomersCannotConsentToIsNamed() {
        var lacking = new Registrations.Read(List.of(new RegistrationVerdict(
                desired(),
                RegistrationState.Registered,
                Optional.empty(),
                Optional.of("https://publisher.example/consented"),
                List.of(new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All")))));
        var condition = registrations(home(ApplicationCatalogStatus.initial(), lacking));
        assertThat(condition.reason()).isEqualTo("PermissionNotRequested");
        assertThat(condition.message())
                .contains(
                        "does not request MicrosoftGraph Delegated User.Read.All",
                        "lacks the reply URL https://publisher.example/consented");
        assertThat(registrations(home(ApplicationCatalogStatus.initial(), read(RegistrationState.NotFound)))
                        .reason())
                .isEqualTo("RegistrationNotFound");
        assertThat(registrations(home(ApplicationCatalogStatus.initial(), read(RegistrationState.SingleTenant)))
                        .reason())
                .isEqualTo("RegistrationSingleTenant");
    }

    @Test
    void whatCannotBeReadTakesNothingBackAndAddsNothing() {
        var unread = new Registrations.Unread(
                Failure.of(Reason.VerifierPermissionsMissing, "Graph answered HTTP 403.", new Remedy.Consent("")));
        var wasDeleted = home(ApplicationCatalogStatus.initial(), read(RegistrationState.Deleted));
        var stillDeleted = home(wasDeleted, unread);
        assertThat(stillDeleted.registrations()).isEqualTo(wasDeleted.registrations());
        assertThat(registrations(stillDeleted))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.False, "RegistrationDeleted");
        assertThat(registrations(stillDeleted).message()).contains("could not be read", "HTTP 403");
        var wasThere = home(ApplicationCatalogStatus.initial(), read(RegistrationState.Registered));
        var unknown = home(wasThere, unread);
        assertThat(registrations(unknown))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.Unknown, "RegistrationsNotRead");
        assertThat(registrations(unknown).message()).contains("Application.Read.All");
        assertThat(unknown.conditions())
                .filteredOn(it -> it.type().equals(ConditionType.READY))
                .extracting(Condition::status)
                .containsExactly(Status.True);
    }

    @Test
    void beforeTheFirstReadingWhatWasSaidStands() {
        var before = home(ApplicationCatalogStatus.initial(), read(RegistrationState.Registered));
        assertThat(home(before, new Registrations.NotYet())).isEqualTo(before);
        assertThat(home(ApplicationCatalogStatus.initial(), new Registrations.NotYet())
                        .conditions())
                .extracting(Condition::type)
                .doesNotContain(ConditionType.REGISTRATIONS_VALID);
    }

    @Test
    void ofAnotherHomeTenantNothingIsRemembered() {
        var before = home(ApplicationCatalogStatus.initial(), read(RegistrationState.Deleted));
        var elsewhere = new ApplicationCatalogStatus(
                1, 0, "3c1f6d0e-0000-4000-8000-00000000eeee", before.registrations(), before.conditions());
        assertThat(home(elsewhere, new Registrations.NotYet()).registrations()).isEmpty();
    }

    private static DesiredRegistration desired() {
        return new DesiredRegistration(Optional.of("console"), Samples.CONSOLE, Optional.empty(), List.of());
    }

    private static Registrations read(RegistrationState state) {
        return new Registrations.Read(
                List.of(new RegistrationVerdict(desired(), state, Optional.empty(), Optional.empty(), List.of())));
    }

    private static ApplicationCatalogStatus home(ApplicationCatalogStatus previous, Registrations registrations) {
        return home(previous, registrations, CatalogUse.NONE);
    }

    private static ApplicationCatalogStatus home(
            ApplicationCatalogStatus previous, Registrations registrations, CatalogUse use) {
        var catalog = Samples.catalog(
                Samples.CATALOG.replace("heedify-verifier}}", "heedify-verifier}, homeTenantId: " + HOME + "}"));
        return CatalogStatusBuilder.build(new CatalogStatusBuilder.Input(
                "heedify",
                1,
                previous,
                List.of(),
                Optional.empty(),
                Reading.of(new Verifier(Samples.VERIFIER, SECRET)),
                Optional.empty(),
                use,
                catalog.getSpec(),
                registrations,
                NOW));
    }

    private static Condition registrations(ApplicationCatalogStatus status) {
        return status.conditions().stream()
                .filter(it -> it.type().equals(ConditionType.REGISTRATIONS_VALID))
                .findFirst()
                .orElseThrow();
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

    @Test
    void oneTenantThatRefusesACredentialDoesNotCondemnACatalogWhoseOthersSignIn() {
        var signedIn = new Story().check(StatusBuilderTest.granted(NOW));
        for (var reason : List.of(Reason.CredentialsInvalid, Reason.CredentialsPropagating)) {
            for (var credential : List.of(SECRET, CERTIFICATE, TOKEN)) {
                var conditions = conditions(
                        true,
                        Reading.of(new Verifier(Samples.VERIFIER, credential)),
                        Optional.empty(),
                        List.of(signedIn, refusing(reason), signedIn));
                assertThat(conditions)
                        .extracting(Condition::type, Condition::status, Condition::reason)
                        .containsExactly(
                                tuple(ConditionType.CREDENTIALS_VALID, Status.Unknown, "CredentialsPropagating"),
                                tuple(ConditionType.READY, Status.True, "Usable"));
                assertThat(conditions.getFirst().message())
                        .startsWith("Entra ID refuses the verifier's credential in 1 tenants and takes it in 2.");
            }
        }
    }

    /** The status of an onboarding whose check ended with this failure. */
    private static TenantOnboardingStatus refusing(Reason reason) {
        return new Story().check(TenantObservation.failed(NOW, Failure.of(reason, "It failed.", "Wait.")));
    }

    /** The status of an onboarding whose tenant shows the agent console like this. */
    private static TenantOnboardingStatus showing(Registration registration) {
        return new Story()
                .check(TenantFixture.of(NOW)
                        .application(Samples.CONSOLE)
                        .grant("graph", "User.Read.All")
                        .grant("acs", "Teams.ManageCalls")
                        .registration(Samples.CONSOLE, registration)
                        .observation());
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
        return conditions(problems, cloudKnown, verifier, expiresAt, CatalogUse.of("heedify", List.of(), onboardings));
    }

    private static List<Condition> conditions(CatalogUse use) {
        return conditions(List.of(), true, Reading.of(new Verifier(Samples.VERIFIER, SECRET)), Optional.empty(), use);
    }

    private static List<Condition> conditions(
            List<SpecProblem> problems,
            boolean cloudKnown,
            Reading<Verifier> verifier,
            Optional<Instant> expiresAt,
            CatalogUse use) {
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
                        use,
                        Samples.catalog(Samples.CATALOG).getSpec(),
                        new Registrations.NotAskedFor(),
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
