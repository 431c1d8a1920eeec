package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ApplicationJudgeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Permission USER_READ_ALL =
            new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All");
    private static final Permission MANAGE_CALLS =
            new Permission("AzureCommunicationServices", PermissionType.Delegated, "Teams.ManageCalls");

    private final ApplicationJudge judge =
            new ApplicationJudge(new Propagation(Duration.ofSeconds(30), Duration.ofMinutes(2)));
    private final DesiredApplication presence = Samples.desired().applications().getFirst();
    private final DesiredApplication console = Samples.desired().applications().getLast();

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
        assertThat(judge(console, granted().disabledByMicrosoft(Samples.CONSOLE))
                        .message())
                .contains("Microsoft disabled the application in this tenant.");
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
        var failure = Failure.of(Failure.Reason.GraphUnavailable, "no answer");
        assertThat(judge.judge(console, TenantObservation.failed(NOW, failure), Memory.NONE))
                .isEqualTo(new Unread(console, failure));
        var scopesLost = granted()
                .delegatedGrants(Samples.CONSOLE, Reading.failed(failure))
                .observation();
        assertThat(judge.judge(console, scopesLost, Memory.NONE)).isEqualTo(new Unread(console, failure));
    }

    @Test
    void theLowerReadTierStillProvesApplicationPermissions() {
        var failure = Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All");
        var tenant = TenantFixture.of(NOW)
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .delegatedGrants(Samples.PRESENCE, Reading.failed(failure));
        assertThat(judge(presence, tenant).state()).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void aGrantThatVanishedIsCalledRevokedOnlyWhenASecondReadingAgrees() {
        var first = judge(console, granted());
        var vanished =
                judge(console, TenantFixture.of(NOW.plusSeconds(300)).application(Samples.CONSOLE), first.memory());
        assertThat(vanished.state()).isEqualTo(ApplicationState.Propagating);
        assertThat(vanished.missing()).containsExactly(MANAGE_CALLS, USER_READ_ALL);
        var tooSoon =
                judge(console, TenantFixture.of(NOW.plusSeconds(310)).application(Samples.CONSOLE), vanished.memory());
        assertThat(tooSoon.state()).isEqualTo(ApplicationState.Propagating);
        var confirmed =
                judge(console, TenantFixture.of(NOW.plusSeconds(331)).application(Samples.CONSOLE), tooSoon.memory());
        assertThat(confirmed.state()).isEqualTo(ApplicationState.ConsentRevoked);
        assertThat(confirmed.memory().firstMissing()).contains(NOW.plusSeconds(300));
        var later =
                judge(console, TenantFixture.of(NOW.plusSeconds(900)).application(Samples.CONSOLE), confirmed.memory());
        assertThat(later.state()).isEqualTo(ApplicationState.ConsentRevoked);
    }

    @Test
    void aReplicaThatLagsOnceRevokesNothing() {
        var first = judge(console, granted());
        var lagging = judge(console, TenantFixture.of(NOW.plusSeconds(300)), first.memory());
        var caughtUp = judge(console, grantedAt(NOW.plusSeconds(330)), lagging.memory());
        assertThat(lagging.state()).isEqualTo(ApplicationState.Propagating);
        assertThat(caughtUp.state()).isEqualTo(ApplicationState.Granted);
        assertThat(caughtUp.memory().firstMissing()).isEmpty();
    }

    @Test
    void onePermissionOfManyThatVanishedIsNamed() {
        var first = judge(console, granted());
        var tenant = TenantFixture.of(NOW.plusSeconds(300))
                .application(Samples.CONSOLE)
                .grant("acs", "Teams.ManageCalls");
        var vanished = judge(console, tenant, first.memory());
        var confirmed = judge(
                console,
                TenantFixture.of(NOW.plusSeconds(340))
                        .application(Samples.CONSOLE)
                        .grant("acs", "Teams.ManageCalls"),
                vanished.memory());
        assertThat(vanished.state()).isEqualTo(ApplicationState.Propagating);
        assertThat(confirmed.state()).isEqualTo(ApplicationState.PermissionsMissing);
        assertThat(confirmed.missing()).containsExactly(USER_READ_ALL);
    }

    @Test
    void whatCannotBeReadAnyMoreIsNotCalledRevokedWhenTheCatalogGrows() {
        var failure = Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All");
        var memory = remembered(ApplicationState.Granted, List.of(USER_READ_ALL), Optional.of(NOW), Optional.empty());
        var verdict = judge(
                consoleWithRole(),
                TenantFixture.of(NOW.plusSeconds(300))
                        .application(Samples.CONSOLE)
                        .delegatedGrants(Samples.CONSOLE, Reading.failed(failure)),
                memory);
        assertThat(verdict.state()).isEqualTo(ApplicationState.ReconsentRequired);
        assertThat(verdict.missing())
                .containsExactly(new Permission("MicrosoftGraph", PermissionType.Application, "Presence.Read.All"));
    }

    @Test
    void aCatalogThatGrewAsksOnlyForWhatWasAdded() {
        var memory = remembered(ApplicationState.Granted, List.of(USER_READ_ALL), Optional.of(NOW), Optional.empty());
        var tenant = TenantFixture.of(NOW.plusSeconds(300))
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All");
        var verdict = judge(console, tenant, memory);
        assertThat(verdict.state()).isEqualTo(ApplicationState.ReconsentRequired);
        assertThat(verdict.missing()).containsExactly(MANAGE_CALLS);
        assertThat(judge(console, tenant, verdict.memory()).state()).isEqualTo(ApplicationState.ReconsentRequired);
    }

    @Test
    void anEarlierLossIsNotTakenForAGrowthOfTheCatalog() {
        var revoked = remembered(
                ApplicationState.PermissionsMissing, List.of(USER_READ_ALL), Optional.of(NOW), Optional.of(NOW));
        var tenant = TenantFixture.of(NOW.plusSeconds(300))
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All");
        var declined = judge(console, tenant, revoked.withConsentReturned(NOW.plusSeconds(290)));
        assertThat(declined.state()).isEqualTo(ApplicationState.Propagating);
        var later = judge(
                console,
                TenantFixture.of(NOW.plusSeconds(600))
                        .application(Samples.CONSOLE)
                        .grant("graph", "User.Read.All"),
                declined.memory());
        assertThat(later.state()).isEqualTo(ApplicationState.PermissionsMissing);
    }

    @Test
    void whatCannotBeReadIsNotCalledRevokedBecauseItOnceWas() {
        var failure = Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All");
        var revoked = remembered(ApplicationState.ConsentRevoked, List.of(), Optional.of(NOW), Optional.of(NOW));
        var verdict = judge(
                consoleWithRole(),
                TenantFixture.of(NOW.plusSeconds(300))
                        .application(Samples.CONSOLE)
                        .delegatedGrants(Samples.CONSOLE, Reading.failed(failure)),
                revoked);
        assertThat(verdict.state()).isEqualTo(ApplicationState.PermissionsMissing);
    }

    @Test
    void aCatalogThatAsksForSomethingElseHasRevokedNothing() {
        var memory = remembered(
                ApplicationState.Granted,
                List.of(new Permission("MicrosoftGraph", PermissionType.Delegated, "Mail.Send")),
                Optional.of(NOW),
                Optional.empty());
        var verdict = judge(
                console,
                TenantFixture.of(NOW.plusSeconds(300))
                        .application(Samples.CONSOLE)
                        .grant("graph", "Mail.Send"),
                memory);
        assertThat(verdict.state()).isEqualTo(ApplicationState.ReconsentRequired);
    }

    @Test
    void eachLossTakesTwoReadingsOfItsOwn() {
        var first = judge(console, granted());
        var one = judge(
                console,
                TenantFixture.of(NOW.plusSeconds(300))
                        .application(Samples.CONSOLE)
                        .grant("acs", "Teams.ManageCalls"),
                first.memory());
        var both = judge(console, TenantFixture.of(NOW.plusSeconds(331)).application(Samples.CONSOLE), one.memory());
        assertThat(both.state()).isEqualTo(ApplicationState.Propagating);
        var confirmed =
                judge(console, TenantFixture.of(NOW.plusSeconds(362)).application(Samples.CONSOLE), both.memory());
        assertThat(confirmed.state()).isEqualTo(ApplicationState.ConsentRevoked);
    }

    @Test
    void aLossIsNoticedAlthoughTheApplicationIsDisabledMeanwhile() {
        var first = judge(console, granted());
        var disabled = judge(
                console,
                TenantFixture.of(NOW.plusSeconds(300))
                        .application(Samples.CONSOLE)
                        .disabled(Samples.CONSOLE),
                first.memory());
        assertThat(disabled.state()).isEqualTo(ApplicationState.ApplicationDisabled);
        var enabled =
                judge(console, TenantFixture.of(NOW.plusSeconds(340)).application(Samples.CONSOLE), disabled.memory());
        assertThat(enabled.state()).isEqualTo(ApplicationState.ConsentRevoked);
    }

    @Test
    void aLossHappenedBetweenTheLastReadingThatShowedItGrantedAndTheFirstThatDidNot() {
        var seen = remembered(ApplicationState.Granted, List.of(USER_READ_ALL), Optional.of(NOW), Optional.empty());
        var vanished = judge(console, TenantFixture.of(NOW.plusSeconds(300)).application(Samples.CONSOLE), seen);
        var confirmed =
                judge(console, TenantFixture.of(NOW.plusSeconds(330)).application(Samples.CONSOLE), vanished.memory());
        assertThat(confirmed.memory().lastGranted()).contains(NOW);
        assertThat(confirmed.memory().firstMissing()).contains(NOW.plusSeconds(300));
    }

    @Test
    void aPermissionThatAConsentBroughtNotWithTheOthersIsNotRequestedByTheApplication() {
        var before = judge(console, TenantFixture.of(NOW));
        var partly = TenantFixture.of(NOW.plusSeconds(60))
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All");
        var came = judge(console, partly, before.memory());
        assertThat(came.state()).isEqualTo(ApplicationState.Propagating);
        var settled = judge(
                console,
                TenantFixture.of(NOW.plusSeconds(180))
                        .application(Samples.CONSOLE)
                        .grant("graph", "User.Read.All"),
                came.memory());
        assertThat(settled.state()).isEqualTo(ApplicationState.NotRequestedByApplication);
        assertThat(settled.missing()).containsExactly(MANAGE_CALLS);
    }

    @Test
    void whatWasPartlyGrantedWhenFirstSeenIsMissingAndNobodyIsBlamed() {
        var verdict = judge(
                console, TenantFixture.of(NOW).application(Samples.CONSOLE).grant("graph", "User.Read.All"));
        assertThat(verdict.state()).isEqualTo(ApplicationState.PermissionsMissing);
    }

    @Test
    void rightAfterAConsentItsGrantsMayNotShowYet() {
        var memory = Memory.NONE.withConsentReturned(NOW.minusSeconds(10));
        assertThat(judge(console, TenantFixture.of(NOW), memory).state()).isEqualTo(ApplicationState.Propagating);
        assertThat(judge(console, TenantFixture.of(NOW.plusSeconds(120)), memory)
                        .state())
                .isEqualTo(ApplicationState.ConsentRequired);
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

    /** The console, needing an application permission beside its delegated one. */
    private static DesiredApplication consoleWithRole() {
        return Samples.resolve(
                        Samples.ONBOARDING,
                        Map.of(
                                "heedify",
                                Samples.catalog(Samples.CATALOG.replace(
                                        "- {resource: AzureCommunicationServices, delegated: [Teams.ManageCalls]}",
                                        "- {resource: MicrosoftGraph, application: [Presence.Read.All]}"))))
                .applications()
                .getLast();
    }

    private static Memory remembered(
            ApplicationState state, List<Permission> granted, Optional<Instant> lastGranted, Optional<Instant> lost) {
        return new Memory(
                Optional.of(state),
                granted,
                List.of(),
                true,
                lastGranted,
                lastGranted,
                Optional.empty(),
                lost,
                Optional.empty(),
                Optional.empty());
    }

    private static TenantFixture granted() {
        return grantedAt(NOW);
    }

    private static TenantFixture grantedAt(Instant readAt) {
        return TenantFixture.of(readAt)
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .grant("acs", "Teams.ManageCalls");
    }

    private Proven judge(DesiredApplication application, TenantFixture tenant) {
        return judge(application, tenant, Memory.NONE);
    }

    private Proven judge(DesiredApplication application, TenantFixture tenant, Memory memory) {
        var verdict = judge.judge(application, tenant.observation(), memory);
        assertThat(verdict).isInstanceOf(Proven.class);
        return (Proven) verdict;
    }
}
