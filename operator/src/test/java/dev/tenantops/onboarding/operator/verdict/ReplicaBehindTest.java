package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboardingStatus.VerifierStatus.Tier;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A replica that lacks an application's grants says nothing of them and nothing of the verifier, and not for long. */
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
    void whatIsUnreadForAnotherReasonWaitsItsTurn() {
        var console = Samples.desired().applications().getLast();
        assertThat(delay(new Unread(console, DENIED))).isEqualTo(INTERVAL);
        assertThat(delay(new ApplicationVerdict.NotVerifiable(console))).isEqualTo(INTERVAL);
    }

    private static TenantFixture both() {
        return TenantFixture.of(NOW).application(Samples.PRESENCE).application(Samples.CONSOLE);
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
                        0.5);
    }
}
