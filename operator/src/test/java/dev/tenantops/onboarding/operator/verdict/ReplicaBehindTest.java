package dev.tenantops.onboarding.operator.verdict;

import static dev.tenantops.onboarding.api.ApplicationState.ConsentRequired;
import static dev.tenantops.onboarding.api.ApplicationState.PermissionsMissing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.VerifierStatus.Tier;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replica that lacks an application's grants, or an API, says nothing of them and nothing of the verifier, and not for long. */
class ReplicaBehindTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Failure BEHIND = Failure.of(Reason.ReplicaBehind, "A replica is behind.", "Wait.");
    private static final Failure DENIED =
            Failure.of(Reason.VerifierPermissionsMissing, "No Directory.Read.All.", "Wait.");
    private static final Duration CONFIRMATION = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofMinutes(5);

    private final Propagation propagation = new Propagation(CONFIRMATION, Duration.ofMinutes(2));

    @Test
    void theVerifierIsAuthorizedAndItsTierAsUnknownAsBefore() {
        var verdict = verifier(both().appRoleAssignments(Samples.CONSOLE, Reading.failed(BEHIND))
                .delegatedGrants(Samples.CONSOLE, Reading.failed(BEHIND))
                .delegatedGrants(Samples.PRESENCE, Reading.failed(BEHIND)));
        assertThat(verdict.failure()).isEmpty();
        assertThat(verdict.tier()).isEmpty();
    }

    @Test
    void whatIsReadOfAnotherApplicationShowsTheTier() {
        var verdict = verifier(both().appRoleAssignments(Samples.CONSOLE, Reading.failed(BEHIND))
                .delegatedGrants(Samples.CONSOLE, Reading.failed(BEHIND)));
        assertThat(verdict.failure()).isEmpty();
        assertThat(verdict.tier()).contains(Tier.Directory);
    }

    @Test
    void theLowerTierShowsAllTheSame() {
        var verdict = verifier(both().appRoleAssignments(Samples.CONSOLE, Reading.failed(BEHIND))
                .delegatedGrants(Samples.CONSOLE, Reading.failed(DENIED))
                .delegatedGrants(Samples.PRESENCE, Reading.failed(DENIED)));
        assertThat(verdict.failure()).contains(DENIED);
        assertThat(verdict.tier()).contains(Tier.Application);
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "ReplicaBehind")
    void anyOtherReasonBesideItStillCounts(Reason reason) {
        var failure = Failure.of(reason, "It failed.", "Wait.");
        var verdict = verifier(both().appRoleAssignments(Samples.CONSOLE, Reading.failed(BEHIND))
                .appRoleAssignments(Samples.PRESENCE, Reading.failed(failure)));
        assertThat(verdict.failure()).contains(failure);
        assertThat(verdict.tier()).isEmpty();
    }

    @Test
    void theApplicationIsUnreadAndLookedAtAgainSoon() {
        var console = Samples.desired().applications().getLast();
        var tenant = both().delegatedGrants(Samples.CONSOLE, Reading.failed(BEHIND));
        var verdict = new ApplicationJudge(propagation).judge(console, tenant.observation(), Memory.NONE);
        assertThat(verdict).isEqualTo(new Unread(console, BEHIND));
        assertThat(delay(verdict)).isEqualTo(CONFIRMATION);
    }

    @Test
    void anApiThatAReplicaDoesNotHaveLeavesUnreadOnlyWhatNeedsIt() {
        var tenant = both().definitionsUnread("acs", BEHIND);
        assertThat(judge(Samples.desired().applications().getFirst(), tenant))
                .isInstanceOfSatisfying(
                        Proven.class, it -> assertThat(it.state()).isEqualTo(ConsentRequired));
        var console = Samples.desired().applications().getLast();
        assertThat(judge(console, granted(tenant))).isEqualTo(new Unread(console, BEHIND));
        assertThat(verifier(tenant).failure()).isEmpty();
    }

    @Test
    void whatIsProvenMissingIsMissingWhateverAnotherApiDefines() {
        var console = Samples.desired().applications().getLast();
        var partly = both().application(Samples.CONSOLE).grant("acs", "Teams.ManageCalls");
        assertThat(judge(console, partly.definitionsUnread("acs", BEHIND))).isInstanceOfSatisfying(Proven.class, it -> {
            assertThat(it.state()).isEqualTo(PermissionsMissing);
            assertThat(it.missing()).extracting(Permission::value).containsExactly("User.Read.All");
        });
    }

    @Test
    void anApplicationThatIsNotThereLacksWhateverAnApiDefines() {
        var tenant = TenantFixture.of(NOW).definitionsUnread("acs", BEHIND).definitionsUnread("graph", BEHIND);
        assertThat(Samples.desired().applications())
                .allSatisfy(application -> assertThat(judge(application, tenant))
                        .isInstanceOfSatisfying(
                                Proven.class, it -> assertThat(it.state()).isEqualTo(ConsentRequired)));
    }

    @ParameterizedTest
    @EnumSource(value = Reason.class, mode = EnumSource.Mode.EXCLUDE, names = "ReplicaBehind")
    void definitionsThatCannotBeReadForAnotherReasonSpeakAgainstTheVerifier(Reason reason) {
        var failure = Failure.of(reason, "It failed.", "Wait.");
        var verdict = verifier(both().definitionsUnread("acs", failure).definitionsUnread("graph", BEHIND));
        assertThat(verdict.failure()).contains(failure);
        assertThat(verdict.tier()).isEmpty();
    }

    @Test
    void whatIsUnreadForAnotherReasonWaitsItsTurn() {
        var console = Samples.desired().applications().getLast();
        assertThat(delay(new Unread(console, DENIED))).isEqualTo(INTERVAL);
        assertThat(delay(new ApplicationVerdict.NotVerifiable(console))).isEqualTo(INTERVAL);
    }

    private static TenantFixture both() {
        return TenantFixture.of(NOW).application(Samples.PRESENCE).application(Samples.CONSOLE);
    }

    private static TenantFixture granted(TenantFixture tenant) {
        return tenant.application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .grant("acs", "Teams.ManageCalls");
    }

    private ApplicationVerdict judge(DesiredApplication application, TenantFixture tenant) {
        return new ApplicationJudge(propagation).judge(application, tenant.observation(), Memory.NONE);
    }

    private static VerifierVerdict verifier(TenantFixture tenant) {
        return VerifierVerdict.of("heedify", Samples.VERIFIER, tenant.observation(), true);
    }

    private Duration delay(ApplicationVerdict application) {
        var verifier = new VerifierVerdict("heedify", Samples.VERIFIER, Optional.empty(), Optional.empty());
        return new RecheckDelay(propagation, Duration.ofMinutes(1))
                .after(
                        new OnboardingVerdict(
                                NOW, List.of(), List.of(verifier), List.of(application), List.of(), List.of()),
                        INTERVAL,
                        Optional.empty(),
                        _ -> Optional.empty(),
                        Optional.empty(),
                        0.5);
    }
}
