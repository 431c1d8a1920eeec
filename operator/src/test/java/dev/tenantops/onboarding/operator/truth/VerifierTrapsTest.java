package dev.tenantops.onboarding.operator.truth;

import static dev.tenantops.onboarding.operator.truth.TrapTenant.role;
import static dev.tenantops.onboarding.operator.truth.TrapTenant.scope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.truth.NaiveVerifier.Answer;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour.MissingServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.directory.TenantHome;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everything is granted, and whoever looks is not allowed to see it. */
class VerifierTrapsTest {

    @RegisterExtension
    static final TrapCloud CLOUD = new TrapCloud();

    private static final Answer FALSE_RED = Answer.missing("User.Read.All");

    private final TrapTenant tenant = CLOUD.newTenant();

    @BeforeEach
    void everythingIsGranted() {
        tenant.needs(role("User.Read.All")).consents();
    }

    @Test
    void aVerifierWithoutConsentCannotTellThatAConsentWasRevoked() {
        CLOUD.directory().behaviour().tokenLifetime(Duration.ofMinutes(6));
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        CLOUD.directory().revokeConsent(tenant.id(), TrapCloud.VERIFIER);
        assertThat(tenant.after(Duration.ofMinutes(12)))
                .as("while the last evidence is fresh")
                .isEqualTo(ApplicationState.Granted);
        assertCannotVerify("VerifierPermissionsMissing");
    }

    @Test
    void aDeletedVerifierCannotTellThatAConsentWasRevoked() {
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        CLOUD.directory().delete(tenant.id(), TrapCloud.VERIFIER);
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertCannotVerify("VerifierConsentRequired");
    }

    private void assertCannotVerify(String reason) {
        assertThat(tenant.ready()).isEqualTo("False " + reason);
        assertThat(tenant.verifier()).isEqualTo("False " + reason);
        assertThat(tenant.naively()).isEqualTo(FALSE_RED);
        assertThat(tenant.after(Duration.ofMinutes(22))).isEqualTo(ApplicationState.NotVerified);
        assertThat(tenant.ready()).isEqualTo("False " + reason);
        assertThat(tenant.nextAction()).contains("grant").contains("verifier of the catalog");
        assertThat(tenant.naively()).isEqualTo(FALSE_RED);
    }

    @Test
    void theLowerReadTierProvesAppRolesAndTellsNothingOfTheRest() {
        CLOUD.directory()
                .revoke(
                        tenant.id(),
                        TrapCloud.VERIFIER,
                        TrapCloud.GRAPH,
                        PermissionType.Application,
                        "Directory.Read.All");
        assertThat(tenant.check()).isEqualTo(ApplicationState.Granted);
        assertThat(tenant.ready()).isEqualTo("True Onboarded");
        tenant.needs(role("User.Read.All"), scope("Calendars.Read")).consents();
        assertThat(tenant.check()).isEqualTo(ApplicationState.NotVerified);
        assertThat(tenant.application().missing()).isEmpty();
        assertThat(tenant.ready()).isEqualTo("False VerifierPermissionsMissing");
        assertThat(tenant.naively()).isEqualTo(Answer.missing("Calendars.Read"));
    }

    @Test
    void aTokenDoesNotProveThatTheVerifierCanRead() {
        CLOUD.directory().behaviour().missingServicePrincipal(MissingServicePrincipal.ISSUE_TOKEN_WITHOUT_ROLES);
        CLOUD.directory().purge(tenant.id(), TrapCloud.VERIFIER);
        assertThat(tenant.check()).isEqualTo(ApplicationState.NotVerified);
        assertThat(tenant.verifier()).isEqualTo("False VerifierConsentRequired");
        assertThat(tenant.naive().signsIn()).isTrue();
        assertThat(tenant.naively()).isEqualTo(FALSE_RED);
    }

    @Test
    void anExpiredSecretIsTheVendorsToRenew() {
        tenant.fails(RequestKind.TOKEN, null, Effect.aadsts(7000222));
        assertThat(tenant.check()).isEqualTo(ApplicationState.NotVerified);
        assertThat(tenant.ready()).isEqualTo("False CredentialsExpired");
        assertThat(tenant.naively()).isEqualTo(FALSE_RED);
    }

    @Test
    void aTenantOfAnotherCloudIsNamedSo() {
        CLOUD.directory().moveTenant(tenant.id(), TenantHome.GCC_HIGH);
        assertThat(tenant.check()).isEqualTo(ApplicationState.NotVerified);
        assertThat(tenant.ready()).isEqualTo("False WrongCloud");
        assertThat(tenant.message(ConditionType.READY)).contains("lives in the cloud USGovernment");
        assertThat(tenant.naively()).isEqualTo(FALSE_RED);
    }
}
