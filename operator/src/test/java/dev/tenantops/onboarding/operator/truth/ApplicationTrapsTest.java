package dev.tenantops.onboarding.operator.truth;

import static dev.tenantops.onboarding.operator.truth.TrapTenant.role;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.PipelineFixture;
import dev.tenantops.onboarding.operator.truth.NaiveVerifier.Answer;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The grants are there, and of no effect; or they are gone for a reason that a new consent does not mend. */
class ApplicationTrapsTest {

    @RegisterExtension
    static final TrapCloud CLOUD = new TrapCloud();

    private static final Permission CALLS =
            new Permission(TrapCloud.COMMUNICATION, PermissionType.Delegated, "Teams.ManageCalls");

    private final TrapTenant tenant = CLOUD.newTenant();

    @Test
    void anApplicationThatAnAdministratorSwitchedOffIsNotGranted() {
        assertBlocked(
                ApplicationState.ApplicationDisabled,
                clientId -> CLOUD.directory().setEnabled(tenant.id(), clientId, false));
        assertThat(tenant.application().message()).startsWith("An administrator switched off sign-in");
        assertThat(tenant.nextAction()).startsWith("Ask an administrator of the tenant to enable");
    }

    @Test
    void anApplicationThatItsPublisherDeactivatedIsNotGrantedAndNotTheCustomersToMend() {
        assertBlocked(
                ApplicationState.ApplicationDeactivated,
                clientId -> CLOUD.directory().deactivate(clientId));
        assertThat(tenant.application().message()).startsWith("The publisher deactivated");
        assertThat(tenant.nextAction())
                .startsWith("Ask the publisher of Agent Console to activate its registration")
                .contains("There is nothing to do in the tenant.");
        CLOUD.directory().activate(tenant.clientId());
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void anApplicationThatMicrosoftDisabledIsNotGrantedAndNotTheCustomersToMend() {
        assertBlocked(
                ApplicationState.DisabledByMicrosoft,
                clientId -> CLOUD.directory().disableByMicrosoft(clientId));
        assertThat(tenant.application().message()).startsWith("Microsoft disabled the application's registration");
        assertThat(tenant.nextAction()).startsWith("Ask the publisher of Agent Console to open a case with Microsoft");
    }

    @Test
    void grantsToADeletedRegistrationAreWorthlessAndNotTheCustomersToMend() {
        tenant.needs(role("User.Read.All")).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        tenant.registration(RegistrationState.Deleted);
        assertThat(tenant.check()).isEqualTo(ApplicationState.RegistrationDeleted);
        assertThat(tenant.ready()).isEqualTo("False RegistrationDeleted");
        assertThat(tenant.nextAction()).startsWith("Ask the publisher of Agent Console to restore its registration");
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
        tenant.registration(RegistrationState.Registered);
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void nobodyIsSentToConsentToWhatNoTenantCanUse() {
        tenant.needs(role("User.Read.All")).registration(RegistrationState.SingleTenant);
        assertThat(tenant.check()).isEqualTo(ApplicationState.RegistrationSingleTenant);
        assertThat(tenant.nextAction())
                .startsWith("Ask the publisher of Agent Console to open its registration")
                .doesNotContain("adminconsent");
    }

    @Test
    void aRegistrationThatItsTenantNeverHadTakesNothingBack() {
        tenant.needs(role("User.Read.All")).consents();
        tenant.registration(RegistrationState.NotFound);
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
    }

    private void assertBlocked(ApplicationState state, Consumer<String> block) {
        tenant.needs(role("User.Read.All")).consents();
        block.accept(tenant.clientId());
        assertThat(tenant.check()).isEqualTo(state);
        assertThat(tenant.ready()).isEqualTo("False " + state);
        assertThat(tenant.application().granted()).containsExactly(role("User.Read.All"));
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void permissionsOfADisabledApiAreOfNoEffect() {
        tenant.needs(CALLS).consents();
        CLOUD.directory().setEnabled(tenant.id(), TrapCloud.COMMUNICATION, false);
        assertThat(tenant.check()).isEqualTo(ApplicationState.ResourceDisabled);
        assertThat(tenant.ready()).isEqualTo("False ResourceDisabled");
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void aPermissionThatItsApiWithdrewIsOfNoEffect() {
        var api = "dddddddd-0000-4000-8000-000000000001";
        CLOUD.directory().defineResource(api, "Recording", List.of("Recordings.Read"), List.<String>of());
        CLOUD.directory().provisionResource(tenant.id(), api);
        tenant.needs(new Permission(api, PermissionType.Application, "Recordings.Read"))
                .consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        CLOUD.directory().retirePermission(api, PermissionType.Application, "Recordings.Read");
        tenant.sleeps(PipelineFixture.DEFINITIONS);
        assertThat(tenant.check()).isEqualTo(ApplicationState.PermissionWithdrawn);
        assertThat(tenant.ready()).isEqualTo("False PermissionWithdrawn");
        assertThat(tenant.naively()).isEqualTo(Answer.granted());
    }

    @Test
    void anApiThatTheTenantLacksIsNotMendedByAConsent() {
        CLOUD.directory().removeResource(tenant.id(), TrapCloud.COMMUNICATION);
        tenant.needs(CALLS).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.ResourceServicePrincipalMissing);
        assertThat(tenant.nextAction()).contains("provision AzureCommunicationServices");
        assertThat(tenant.naively()).isEqualTo(Answer.missing("Teams.ManageCalls"));
        CLOUD.directory().provisionResource(tenant.id(), TrapCloud.COMMUNICATION);
        tenant.consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void aDeletedApplicationCanBeRestoredWithItsGrants() {
        tenant.needs(role("User.Read.All")).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        CLOUD.directory().delete(tenant.id(), tenant.clientId());
        assertThat(tenant.after(Duration.ofMinutes(6))).isEqualTo(ApplicationState.ApplicationDeleted);
        assertThat(tenant.ready()).isEqualTo("False ApplicationDeleted");
        assertThat(tenant.nextAction()).contains("restore the enterprise application");
        assertThat(tenant.naively())
                .as("as of an application that was never there")
                .isEqualTo(Answer.missing("User.Read.All"));
        CLOUD.directory().restore(tenant.id(), tenant.clientId());
        assertThat(tenant.after(Duration.ofMinutes(6))).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.ready()).isEqualTo("True Onboarded");
    }

    @Test
    void aDeletedApplicationIsToldAsSuchHoweverLateTheRecycleBinCanBeRead() {
        tenant.needs(role("User.Read.All")).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        CLOUD.directory().delete(tenant.id(), tenant.clientId());
        tenant.fails(RequestKind.BATCH_ITEM, "/directory/deletedItems/", Effect.status(503));
        assertThat(tenant.after(Duration.ofDays(2)))
                .as("what is known without the bin")
                .isEqualTo(ApplicationState.ConsentRevoked);
        CLOUD.directory().heal();
        assertThat(tenant.after(Duration.ofMinutes(6))).isEqualTo(ApplicationState.ApplicationDeleted);
        assertThat(tenant.nextAction()).contains("restore the enterprise application");
    }

    @Test
    void aDeletedApplicationIsToldAsSuchThoughTheCatalogWasWrongMeanwhile() {
        tenant.needs(role("User.Read.All")).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        CLOUD.directory().delete(tenant.id(), tenant.clientId());
        tenant.catalogAsksFor(role("User.Raed.All"));
        assertThat(tenant.check()).isEqualTo(ApplicationState.UnknownPermission);
        tenant.catalogAsksFor(role("User.Read.All"));
        assertThat(tenant.after(Duration.ofMinutes(6))).isEqualTo(ApplicationState.ApplicationDeleted);
    }

    @Test
    void anApplicationThatCameBackAndWasDeletedUnseenIsToldAsSuchWithTheObjectToRestore() {
        tenant.needs(role("User.Read.All")).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        var seen = tenant.application().servicePrincipalId();
        CLOUD.directory().purge(tenant.id(), tenant.clientId());
        tenant.consents();
        CLOUD.directory().delete(tenant.id(), tenant.clientId());
        assertThat(tenant.check()).isEqualTo(ApplicationState.ApplicationDeleted);
        assertThat(tenant.nextAction()).contains("restore the enterprise application");
        assertThat(tenant.application().servicePrincipalId()).isNotEqualTo(seen);
        CLOUD.directory().restore(tenant.id(), tenant.clientId());
        var restored = tenant.application().servicePrincipalId();
        assertThat(tenant.after(Duration.ofMinutes(6))).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.application().servicePrincipalId()).isEqualTo(restored);
    }

    @Test
    void theRecycleBinIsAskedForAsLongAsItKeepsWhatWasDeleted() {
        tenant.needs(role("User.Read.All")).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        CLOUD.directory().purge(tenant.id(), tenant.clientId());
        assertThat(tenant.after(Duration.ofDays(29))).isEqualTo(ApplicationState.ConsentRevoked);
        assertThat(tenant.application().servicePrincipalId()).isNotNull();
        tenant.after(Duration.ofDays(2));
        assertThat(tenant.application().servicePrincipalId())
                .as("where to look for it")
                .isNull();
    }

    @Test
    void anApplicationThatCameBackUnderANewObjectIdIsFound() {
        tenant.needs(role("User.Read.All")).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        var noted = tenant.application().servicePrincipalId();
        CLOUD.directory().purge(tenant.id(), tenant.clientId());
        tenant.consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.application().servicePrincipalId()).isNotEqualTo(noted);
        assertThat(tenant.naive().servicePrincipal(noted, "appRoleAssignments", tenant.names()))
                .isEqualTo(Answer.missing("User.Read.All"));
    }
}
