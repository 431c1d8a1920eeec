package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is left of a status when nobody renews it. */
class WithdrawalTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant END = Instant.parse("2026-03-01T12:15:00Z");

    private final Story story = new Story();

    @Test
    void aStatusStandsUntilItsEnd() {
        var green = story.check(StatusBuilderTest.granted(START));
        assertThat(Withdrawal.asOf(green, END)).isSameAs(green);
    }

    @Test
    void afterItNothingIsClaimedThatWasGood() {
        var ended = ended(story.check(StatusBuilderTest.granted(START)));
        assertNothingIsClaimed(ended, "NotVerified");
        assertThat(ended.granted()).isEqualTo("2/2 unverified");
        assertThat(ended.applications())
                .filteredOn(it -> it.state() != ApplicationState.NotVerifiable)
                .hasSize(2)
                .allMatch(it -> it.state() == ApplicationState.NotVerified);
    }

    @Test
    void norWhatWasBad() {
        var ended = ended(story.check(TenantFixture.of(START).observation()));
        assertNothingIsClaimed(ended, "NotVerified");
        assertThat(ended.nextAction()).isNull();
        assertThat(ended.applications()).allMatch(it -> it.missing().isEmpty());
    }

    @Test
    void whatThePlatformTeamHasToCorrectIsNotClaimedForEverEither() {
        story.wants(Samples.resolve(
                Samples.ONBOARDING.replace("common", "unknown"), Map.of("heedify", Samples.catalog(Samples.CATALOG))));
        story.check(StatusBuilderTest.granted(START));
        var stalled = story.check(StatusBuilderTest.granted(START.plusSeconds(121)));
        assertThat(stalled.condition(ConditionType.STALLED)).isPresent();
        var ended = Withdrawal.asOf(stalled, END.plusSeconds(122));
        assertNothingIsClaimed(ended, "NotVerified");
        assertThat(ended.condition(ConditionType.STALLED)).isEmpty();
    }

    @Test
    void whatWasTakenBackIsNotTakenBackAgain() {
        var ended = ended(story.check(StatusBuilderTest.granted(START)));
        assertThat(Withdrawal.asOf(ended, END.plusSeconds(100))).isSameAs(ended);
    }

    @Test
    void whatIsUnknownAnywayKeepsItsReason() {
        story.check(StatusBuilderTest.granted(START));
        var throttled = story.check(StatusBuilderTest.failed(END.plusSeconds(1), Reason.Throttled));
        assertThat(throttled.condition(ConditionType.READY).orElseThrow().reason())
                .isEqualTo("Throttled");
        assertThat(Withdrawal.asOf(throttled, END.plusSeconds(2))).isSameAs(throttled);
    }

    @Test
    void theNextVerdictRemembersWhatWasGranted() {
        story.check(StatusBuilderTest.granted(START));
        story.left(ended(story.status()));
        story.check(TenantFixture.of(END.plusSeconds(60)).observation());
        var status = story.check(TenantFixture.of(END.plusSeconds(120)).observation());
        assertThat(status.condition(ConditionType.READY).orElseThrow().reason()).isEqualTo("ConsentRevoked");
        assertThat(status.applications().getFirst().lastGrantedTime()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void aCheckThatFailedSaysSoAndClaimsNothing() {
        var failed = Withdrawal.failed(
                story.check(StatusBuilderTest.granted(START)),
                7,
                Optional.of("now"),
                "IllegalStateException",
                START.plusSeconds(60));
        assertNothingIsClaimed(failed, "CheckFailed");
        assertThat(failed.observedGeneration()).isEqualTo(7);
        assertThat(failed.lastHandledReconcileAt()).isEqualTo("now");
        assertThat(failed.conditions()).allMatch(it -> it.observedGeneration() == 7);
    }

    private static TenantOnboardingStatus ended(TenantOnboardingStatus status) {
        return Withdrawal.asOf(status, END.plusSeconds(1));
    }

    private static void assertNothingIsClaimed(TenantOnboardingStatus status, String reason) {
        assertThat(status.conditions())
                .filteredOn(it -> !it.type().equals(ConditionType.RECONCILING))
                .isNotEmpty()
                .allMatch(it -> it.status() == Status.Unknown && it.reason().equals(reason));
        assertThat(status.condition(ConditionType.RECONCILING).map(Condition::status))
                .contains(Status.True);
    }
}
