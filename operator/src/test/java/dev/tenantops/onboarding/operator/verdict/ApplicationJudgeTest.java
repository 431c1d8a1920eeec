package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What one reading proves of an application. */
class ApplicationJudgeTest extends ApplicationJudging {

    @Test
    void everyNeededPermissionTenantWideIsGranted() {
        var verdict = judge(console, granted());
        assertThat(verdict.state()).isEqualTo(ApplicationState.Granted);
        assertThat(verdict.granted()).containsExactly(MANAGE_CALLS, USER_READ_ALL);
        assertThat(verdict.memory().lastGranted()).contains(NOW);
    }

    @Test
    void anApplicationThatTheTenantLacksNeedsConsent() {
        var verdict = judge(console, TenantFixture.of(NOW));
        assertThat(verdict.state()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(verdict.missing()).containsExactly(MANAGE_CALLS, USER_READ_ALL);
    }

    @Test
    void aConsentOfOneUserIsNoConsentOfTheOrganization() {
        var verdict = judge(
                console,
                TenantFixture.of(NOW)
                        .application(Samples.CONSOLE)
                        .userGrant("graph", "User.Read.All")
                        .userGrant("acs", "Teams.ManageCalls"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.UserConsentOnly);
        assertThat(verdict.granted()).isEmpty();
    }

    @Test
    void grantsOfSeveralUsersNeverAddUpToAConsent() {
        var verdict = judge(
                console,
                TenantFixture.of(NOW)
                        .application(Samples.CONSOLE)
                        .grant("graph", "User.Read.All")
                        .userGrant("acs", "Teams.ManageCalls"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.PermissionsMissing);
        assertThat(verdict.missing()).containsExactly(MANAGE_CALLS);
    }

    @Test
    void theSameNameOnAnotherResourceDoesNotCount() {
        var verdict = judge(
                console,
                TenantFixture.of(NOW).application(Samples.CONSOLE).grant("acs", "User.Read.All Teams.ManageCalls"));
        assertThat(verdict.missing()).containsExactly(USER_READ_ALL);
    }

    @Test
    void anAppRoleDoesNotStandInForTheScopeOfTheSameName() {
        var verdict = judge(
                console,
                TenantFixture.of(NOW)
                        .application(Samples.CONSOLE)
                        .role("graph", "User.Read.All")
                        .grant("acs", "Teams.ManageCalls"));
        assertThat(verdict.missing()).containsExactly(USER_READ_ALL);
    }

    @Test
    void anotherPrincipalsAssignmentDoesNotCount() {
        var verdict = judge(
                presence,
                TenantFixture.of(NOW)
                        .application(Samples.PRESENCE)
                        .roleOf("somebody-else", "ServicePrincipal", "graph", "Presence.Read.All")
                        .roleOf(TenantFixture.id(Samples.PRESENCE), "User", "graph", "Presence.Read.All"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.ConsentRequired);
    }

    @Test
    void theDefaultAssignmentCarriesNoPermission() {
        var verdict = judge(
                presence, TenantFixture.of(NOW).application(Samples.PRESENCE).defaultRole("graph"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(verdict.surplus()).isEmpty();
    }

    @Test
    void scopesAreASetAndCaseDoesNotMatter() {
        var verdict = judge(
                console,
                TenantFixture.of(NOW)
                        .application(Samples.CONSOLE)
                        .grant("graph", "Calendars.Read user.read.ALL")
                        .grant("acs", "Teams.ManageCalls"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void aLongerNameDoesNotContainAShorterOne() {
        var verdict = judge(
                console,
                TenantFixture.of(NOW)
                        .application(Samples.CONSOLE)
                        .grant("graph", "User.Read")
                        .grant("acs", "Teams.ManageCalls"));
        assertThat(verdict.missing()).containsExactly(USER_READ_ALL);
    }

    @Test
    void aSupersetCountsOnlyWhereTheCatalogSaysSoAndIsNamed() {
        var verdict = judge(
                console,
                TenantFixture.of(NOW)
                        .application(Samples.CONSOLE)
                        .grant("graph", "Directory.Read.All")
                        .grant("acs", "Teams.ManageCalls"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.Granted);
        assertThat(verdict.message())
                .hasValueSatisfying(it -> assertThat(it)
                        .contains("MicrosoftGraph Delegated User.Read.All is satisfied by Directory.Read.All"));
        var role = judge(
                presence, TenantFixture.of(NOW).application(Samples.PRESENCE).role("graph", "Presence.ReadWrite.All"));
        assertThat(role.state()).isEqualTo(ApplicationState.ConsentRequired);
    }

    @Test
    void openidScopesNeitherHelpNorHinder() {
        assertThat(judge(console, granted()).missing()).isEmpty();
        var only = judge(
                console, TenantFixture.of(NOW).application(Samples.CONSOLE).grant("graph", "openid profile"));
        assertThat(only.state()).isEqualTo(ApplicationState.ConsentRequired);
    }

    @Test
    void aDisabledApplicationIsNotGrantedAlthoughItsGrantsStand() {
        assertThat(judge(console, granted().disabled(Samples.CONSOLE)).state())
                .isEqualTo(ApplicationState.ApplicationDisabled);
    }

    @Test
    void whatThePublisherOrMicrosoftTookFromAllTenantsIsNotTheCustomersToMend() {
        var deactivated = judge(console, granted().registration(Samples.CONSOLE, Registration.Deactivated));
        assertThat(deactivated.state()).isEqualTo(ApplicationState.ApplicationDeactivated);
        assertThat(deactivated.granted()).isEqualTo(judge(console, granted()).granted());
        assertThat(deactivated.message())
                .contains("The publisher deactivated the application's registration, for all tenants. In this tenant"
                        + " nothing is wrong with it.");
        var disabled = judge(console, granted().registration(Samples.CONSOLE, Registration.DisabledByMicrosoft));
        assertThat(disabled.state()).isEqualTo(ApplicationState.DisabledByMicrosoft);
        assertThat(disabled.message())
                .hasValueSatisfying(
                        it -> assertThat(it).startsWith("Microsoft disabled").contains("for all tenants"));
    }

    @Test
    void whereADeactivationIsNotShownWhatWasGrantedCounts() {
        assertThat(judge(console, granted().registration(Samples.CONSOLE, Registration.NotShown))
                        .state())
                .isEqualTo(ApplicationState.Granted);
    }

    @Test
    void aDisabledResourceMakesItsGrantsWorthless() {
        var verdict = judge(console, granted().resourceDisabled("acs"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.ResourceDisabled);
        assertThat(verdict.message())
                .contains("AzureCommunicationServices Delegated Teams.ManageCalls is granted without effect:"
                        + " AzureCommunicationServices is disabled in this tenant.");
    }

    @Test
    void aPermissionThatItsResourceWithdrewIsWorthless() {
        var verdict = judge(console, granted().withdrawn("graph", "User.Read.All"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.PermissionWithdrawn);
    }

    @Test
    void aResourceThatTheTenantLacksIsNamedAsSuch() {
        var verdict = judge(console, granted().withoutResource("acs"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.ResourceServicePrincipalMissing);
    }

    @Test
    void aPermissionThatTheResourceDoesNotDefineIsAMistakeOfTheCatalog() {
        var verdict = judge(console, granted().undefined("graph", "User.Read.All"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.UnknownPermission);
        assertThat(verdict.message())
                .hasValueSatisfying(it -> assertThat(it).contains("User.Read.All is not a permission"));
    }

    @Test
    void grantsThatNobodyAskedForAreListedAndNotFatal() {
        var verdict =
                judge(console, granted().grant("graph", "Mail.Send openid").role("graph", "Presence.Read.All"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.Granted);
        assertThat(verdict.surplus())
                .containsExactly(
                        new Permission("MicrosoftGraph", PermissionType.Delegated, "Mail.Send"),
                        new Permission("MicrosoftGraph", PermissionType.Application, "Presence.Read.All"));
    }

    @Test
    void whatCouldNotBeReadIsNeitherGrantedNorMissing() {
        var failure = Failure.of(Failure.Reason.GraphUnavailable, "no answer", "Wait.");
        assertThat(judge.judge(console, TenantObservation.failed(NOW, failure), Memory.NONE))
                .isEqualTo(new Unread(console, failure));
        var scopesLost = granted()
                .delegatedGrants(Samples.CONSOLE, Reading.failed(failure))
                .observation();
        assertThat(judge.judge(console, scopesLost, Memory.NONE)).isEqualTo(new Unread(console, failure));
    }

    @Test
    void theLowerReadTierStillProvesApplicationPermissions() {
        var failure = Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All", "Wait.");
        var tenant = TenantFixture.of(NOW)
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .delegatedGrants(Samples.PRESENCE, Reading.failed(failure));
        assertThat(judge(presence, tenant).state()).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void whatWasPartlyGrantedWhenFirstSeenIsMissingAndNobodyIsBlamed() {
        var verdict = judge(
                console, TenantFixture.of(NOW).application(Samples.CONSOLE).grant("graph", "User.Read.All"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.PermissionsMissing);
    }

    @Test
    void anActionIsNotVerifiable() {
        var teamsApp = Samples.resolve(
                        Samples.ONBOARDING.replace("plans: [common, extend]", "applications: [teams-app]"),
                        Map.of("heedify", Samples.catalog(Samples.CATALOG)))
                .applications()
                .getFirst();
        assertThat(judge.judge(teamsApp, granted().observation(), Memory.NONE))
                .isInstanceOf(ApplicationVerdict.NotVerifiable.class);
    }
}
