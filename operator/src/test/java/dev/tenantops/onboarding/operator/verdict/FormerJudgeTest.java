package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict.Gone;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict.Present;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FormerJudgeTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Failure FAILURE = Failure.of(Failure.Reason.GraphUnavailable, "no answer", "Wait.");
    private static final Permission USER_READ_ALL =
            new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All");
    private static final Permission MANAGE_CALLS =
            new Permission("AzureCommunicationServices", PermissionType.Delegated, "Teams.ManageCalls");
    private static final Permission PRESENCE_READ =
            new Permission("MicrosoftGraph", PermissionType.Application, "Presence.Read.All");

    private final FormerApplication former =
            new FormerApplication("heedify", "console", "Heedify Agent Console", Samples.CONSOLE);
    private final DesiredApplication console = Samples.desired().applications().getLast();
    private final ApplicationJudge judge =
            new ApplicationJudge(new Propagation(Duration.ofSeconds(30), Duration.ofMinutes(2)));

    @Test
    void allThatItHoldsTenantWideIsSurplus() {
        var present = present(granted(NOW).role("graph", "Presence.Read.All").userGrant("graph", "Mail.Send"));
        assertThat(present.grants()).containsExactly(MANAGE_CALLS, USER_READ_ALL, PRESENCE_READ);
        assertThat(present.servicePrincipalId()).isEqualTo(TenantFixture.id(Samples.CONSOLE));
    }

    @Test
    void aDisabledOneIsStillThere() {
        assertThat(judge(granted(NOW).disabled(Samples.CONSOLE), Memory.NONE)).isInstanceOf(Present.class);
    }

    @Test
    void aTenantThatWasReadAndHasItNoMoreProvesThatItIsGone() {
        assertThat(judge(TenantFixture.of(NOW), Memory.NONE)).isEqualTo(new Gone(former));
    }

    @Test
    void aReadingThatFailedProvesNothing() {
        var read = granted(NOW).observation();
        assertThat(judge.judge(former, TenantObservation.failed(NOW, FAILURE), Memory.NONE))
                .isEqualTo(new Unread(former));
        assertThat(judge.judge(
                        former, new TenantObservation(NOW, read.applications(), Reading.failed(FAILURE)), Memory.NONE))
                .isEqualTo(new Unread(former));
    }

    @Test
    void whatItHoldsIsNotToldFromAPartOfIt() {
        assertThat(judge(
                        granted(NOW)
                                .role("graph", "Presence.Read.All")
                                .delegatedGrants(Samples.CONSOLE, Reading.failed(FAILURE)),
                        Memory.NONE))
                .isEqualTo(new Unread(former));
    }

    @Test
    void whatTheLowerReadTierShowsOfItIsListed() {
        var denied = Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All", "Wait.");
        var seen = (Present) judge(
                granted(NOW)
                        .role("graph", "Presence.Read.All")
                        .delegatedGrants(Samples.CONSOLE, Reading.failed(denied)),
                Memory.NONE);
        assertThat(seen.grants()).containsExactly(PRESENCE_READ);
    }

    @Test
    void itIsRememberedWhenEverythingWasLastSeenGranted() {
        var licensed = licensed(granted(NOW), Memory.NONE).memory();
        var first = (Present) judge(granted(NOW.plusSeconds(300)), licensed);
        var second = (Present) judge(granted(NOW.plusSeconds(600)), first.memory());
        assertThat(second.memory().state()).contains(ApplicationState.NoLongerLicensed);
        assertThat(second.memory().lastGranted()).contains(NOW);
        assertThat(second.memory().missing()).isEmpty();
    }

    @Test
    void whatIsLicensedAgainAndStillGrantedIsGrantedAtOnce() {
        var again = licensed(granted(NOW.plusSeconds(600)), formerlyLicensed());
        assertThat(again.state()).isEqualTo(ApplicationState.Granted);
        assertThat(again.missing()).isEmpty();
    }

    @Test
    void whatVanishesOnceItIsLicensedAgainWasRevokedAndTakesTwoReadings() {
        var vanished =
                licensed(TenantFixture.of(NOW.plusSeconds(600)).application(Samples.CONSOLE), formerlyLicensed());
        assertThat(vanished.state()).isEqualTo(ApplicationState.Propagating);
        var confirmed =
                licensed(TenantFixture.of(NOW.plusSeconds(640)).application(Samples.CONSOLE), vanished.memory());
        assertThat(confirmed.state()).isEqualTo(ApplicationState.ConsentRevoked);
        assertThat(confirmed.memory().lastGranted()).contains(NOW);
    }

    @Test
    void whatWasRevokedWhileNoLicenceBroughtItIsRevokedAndNotNew() {
        var revoked = (Present)
                judge(TenantFixture.of(NOW.plusSeconds(400)).application(Samples.CONSOLE), formerlyLicensed());
        assertThat(revoked.grants()).isEmpty();
        var again = licensed(TenantFixture.of(NOW.plusSeconds(600)).application(Samples.CONSOLE), revoked.memory());
        assertThat(again.state()).isEqualTo(ApplicationState.ConsentRevoked);
        assertThat(again.memory().lastGranted()).contains(NOW);
        assertThat(again.memory().firstMissing()).contains(NOW.plusSeconds(400));
    }

    @Test
    void whatTheCatalogAsksForSinceWasNeverRevoked() {
        var revoked = (Present)
                judge(TenantFixture.of(NOW.plusSeconds(400)).application(Samples.CONSOLE), formerlyLicensed());
        var kept = (Present) judge(granted(NOW.plusSeconds(400)), formerlyLicensed());
        for (var memory : List.of(formerlyLicensed(), revoked.memory(), kept.memory())) {
            var again = asking("Mail.Send", TenantFixture.of(NOW.plusSeconds(600)), memory);
            var later = asking("Mail.Send", TenantFixture.of(NOW.plusSeconds(640)), again.memory());
            assertThat(List.of(again.state(), later.state())).containsOnly(ApplicationState.ReconsentRequired);
            assertThat(later.memory().lost()).isEmpty();
        }
    }

    @Test
    void ofWhatIsAskedForAgainOnlyTheGrantedCanHaveBeenRevoked() {
        var revoked = (Present) judge(
                TenantFixture.of(NOW.plusSeconds(400))
                        .application(Samples.CONSOLE)
                        .grant("graph", "User.Read.All"),
                formerlyLicensed());
        var again = asking("User.Read.All, Mail.Send", TenantFixture.of(NOW.plusSeconds(600)), revoked.memory());
        assertThat(again.state()).isEqualTo(ApplicationState.Propagating);
        var later = asking("User.Read.All, Mail.Send", TenantFixture.of(NOW.plusSeconds(640)), again.memory());
        assertThat(later.memory().lost()).containsExactly(USER_READ_ALL);
    }

    @Test
    void oneReadingWithoutTheLicenceLosesNothing() {
        var lagging = (Present)
                judge(TenantFixture.of(NOW.plusSeconds(400)).application(Samples.CONSOLE), formerlyLicensed());
        assertThat(lagging.memory().lost()).isEmpty();
        assertThat(lagging.memory().vanishing()).containsExactly(MANAGE_CALLS, USER_READ_ALL);
        var caughtUp = (Present) judge(granted(NOW.plusSeconds(430)), lagging.memory());
        assertThat(caughtUp.memory().vanishing()).isEmpty();
        assertThat(caughtUp.memory().vanished()).isEmpty();
        var gone =
                (Present) judge(TenantFixture.of(NOW.plusSeconds(430)).application(Samples.CONSOLE), lagging.memory());
        assertThat(gone.memory().lost()).containsExactly(MANAGE_CALLS, USER_READ_ALL);
        assertThat(gone.memory().firstMissing()).contains(NOW.plusSeconds(400));
    }

    @Test
    void whatTheLowerReadTierCannotSeeIsNotLost() {
        var denied = Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All", "Wait.");
        var unseen = (Present) judge(
                granted(NOW.plusSeconds(400)).delegatedGrants(Samples.CONSOLE, Reading.failed(denied)),
                formerlyLicensed());
        assertThat(unseen.grants()).containsExactly(MANAGE_CALLS, USER_READ_ALL);
        assertThat(unseen.unread()).as("said to be of an earlier reading").isEqualTo(unseen.grants());
        assertThat(unseen.memory().vanished()).isEmpty();
    }

    @Test
    void nothingOfTheKindThatWasReadIsSaidToBeOfAnEarlierReading() {
        var denied = Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All", "Wait.");
        var before = present(granted(NOW).role("graph", "Presence.Read.All")).memory();
        var seen = (Present) judge(
                granted(NOW)
                        .role("graph", "Presence.Read.All")
                        .delegatedGrants(Samples.CONSOLE, Reading.failed(denied)),
                before);
        assertThat(seen.grants()).containsExactly(MANAGE_CALLS, USER_READ_ALL, PRESENCE_READ);
        assertThat(seen.unread()).containsExactly(MANAGE_CALLS, USER_READ_ALL);
        assertThat(present(granted(NOW).role("graph", "Presence.Read.All")).unread())
                .isEmpty();
    }

    @Test
    void aRoleThatCannotBeNamedIsNotTakenForAnother() {
        var behind = Failure.of(Failure.Reason.ReplicaBehind, "not on every replica", "Wait.");
        assertThat(judge(
                        granted(NOW).role("graph", "Presence.Read.All").definitionsUnread("graph", behind),
                        formerlyLicensed()))
                .isEqualTo(new Unread(former));
        assertThat(judge(granted(NOW).definitionsUnread("graph", behind), formerlyLicensed()))
                .as("scopes name themselves")
                .isInstanceOf(Present.class);
    }

    @Test
    void nobodyIsBlamedForWhatWasMissingBeforeTheLicenceWasDropped() {
        var partly = TenantFixture.of(NOW).application(Samples.CONSOLE).grant("graph", "User.Read.All");
        var memory = present(partly).memory();
        assertThat(licensed(partly, memory).state()).isEqualTo(ApplicationState.PermissionsMissing);
        assertThat(licensed(partly, memory).missing()).isEqualTo(List.of(MANAGE_CALLS));
    }

    /** The console is licensed again, and its catalog asks for something else than before. */
    private Proven asking(String delegated, TenantFixture tenant, Memory memory) {
        var catalog = Samples.catalog(Samples.CATALOG
                .replace("delegated: [User.Read.All, openid]", "delegated: [" + delegated + "]")
                .replace("    - {resource: AzureCommunicationServices, delegated: [Teams.ManageCalls]}\n", ""));
        var changed = Samples.resolve(Samples.ONBOARDING, Map.of("heedify", catalog))
                .applications()
                .getLast();
        return (Proven) judge.judge(changed, tenant.application(Samples.CONSOLE).observation(), memory);
    }

    private Memory formerlyLicensed() {
        var licensed = licensed(granted(NOW), Memory.NONE).memory();
        return ((Present) judge(granted(NOW.plusSeconds(300)), licensed)).memory();
    }

    private Present present(TenantFixture tenant) {
        return (Present) judge(tenant, Memory.NONE);
    }

    private FormerVerdict judge(TenantFixture tenant, Memory memory) {
        return judge.judge(former, tenant.observation(), memory);
    }

    private Proven licensed(TenantFixture tenant, Memory memory) {
        return (Proven) judge.judge(console, tenant.observation(), memory);
    }

    private static TenantFixture granted(Instant readAt) {
        return TenantFixture.of(readAt)
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .grant("acs", "Teams.ManageCalls");
    }
}
