package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a reading proves in the light of those before it: losses, growing catalogs and consents that spread. */
class ApplicationHistoryTest extends ApplicationJudging {

    @Test
    void aGrantThatVanishedIsCalledRevokedOnlyWhenASecondReadingAgrees() {
        var first = judge(console, granted());
        var vanished =
                judge(console, TenantFixture.of(NOW.plusSeconds(300)).application(Samples.CONSOLE), first.memory());
        assertThat(vanished.state()).isEqualTo(ApplicationState.Propagating);
        assertThat(vanished.missing()).isEmpty();
        assertThat(vanished.awaited()).containsExactly(MANAGE_CALLS, USER_READ_ALL);
        var tooSoon =
                judge(console, TenantFixture.of(NOW.plusSeconds(310)).application(Samples.CONSOLE), vanished.memory());
        assertThat(tooSoon.state()).isEqualTo(ApplicationState.Propagating);
        var confirmed =
                judge(console, TenantFixture.of(NOW.plusSeconds(331)).application(Samples.CONSOLE), tooSoon.memory());
        assertThat(confirmed.state()).isEqualTo(ApplicationState.ConsentRevoked);
        assertThat(confirmed.missing()).containsExactly(MANAGE_CALLS, USER_READ_ALL);
        assertThat(confirmed.awaited()).isEmpty();
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
        var failure = Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All", "Wait.");
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
        var failure = Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All", "Wait.");
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
    void aDeactivationStandsUntilItCanBeSeenThatItIsOver() {
        var deactivated =
                judge(console, grantedAt(NOW.plusSeconds(300)).registration(Samples.CONSOLE, Registration.Deactivated));
        var unseen = judge(
                console,
                grantedAt(NOW.plusSeconds(600)).registration(Samples.CONSOLE, Registration.NotShown),
                deactivated.memory());
        assertThat(unseen.state()).isEqualTo(ApplicationState.ApplicationDeactivated);
        assertThat(unseen.message()).hasValueSatisfying(it -> assertThat(it).contains("when it could last be seen"));
        var over = judge(console, grantedAt(NOW.plusSeconds(900)), unseen.memory());
        assertThat(over.state()).isEqualTo(ApplicationState.Granted);
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
    void rightAfterAConsentItsGrantsMayNotShowYet() {
        var memory = Memory.NONE.withConsentReturned(NOW.minusSeconds(10));
        assertThat(judge(console, TenantFixture.of(NOW), memory).state()).isEqualTo(ApplicationState.Propagating);
        assertThat(judge(console, TenantFixture.of(NOW.plusSeconds(120)), memory)
                        .state())
                .isEqualTo(ApplicationState.ConsentRequired);
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
                Stream.of(MANAGE_CALLS, USER_READ_ALL)
                        .filter(it -> lost.isPresent() && !granted.contains(it))
                        .toList(),
                true,
                MemoryTimes.of(time -> switch (time) {
                    case LastVerified, LastGranted -> lastGranted;
                    case FirstMissing -> lost;
                    case Vanished, Appeared, ConsentReturned -> Optional.empty();
                }));
    }
}
