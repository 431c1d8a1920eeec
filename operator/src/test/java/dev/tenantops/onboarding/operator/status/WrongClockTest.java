package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A status that an operator has left whose clock was far ahead. */
class WrongClockTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant AHEAD = Instant.parse("2999-01-01T00:00:00Z");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");

    private final Story story = new Story();

    @Test
    void evidenceFromTheFutureIsNotFresh() {
        story.check(StatusBuilderTest.granted(AHEAD));
        var status = story.check(TenantFixture.unread(NOW));
        assertThat(story.condition(ConditionType.READY).status()).isEqualTo(Status.Unknown);
        assertThat(status.lastVerified()).isNull();
        assertThat(status.applications())
                .extracting(ApplicationStatus::state)
                .containsOnly(ApplicationState.NotVerified);
    }

    @Test
    void whatWasReadInTheFutureIsWithdrawnWithoutACheck() {
        var green = story.check(StatusBuilderTest.granted(AHEAD));
        assertThat(Withdrawal.isOver(green, NOW)).isTrue();
        assertThat(Evidence.of(green).endsIn(NOW)).isEmpty();
        var withdrawn = Withdrawal.asOf(green, NOW);
        assertThat(withdrawn.condition(ConditionType.READY).orElseThrow().status())
                .isEqualTo(Status.Unknown);
        assertThat(Withdrawal.isOver(withdrawn, NOW)).isFalse();
        var fresh = story.check(StatusBuilderTest.granted(NOW));
        assertThat(Withdrawal.isOver(fresh, NOW.minusSeconds(60))).isFalse();
    }

    @Test
    void itsEndIsNotToldAsAnEndOfTheFuture() {
        story.check(StatusBuilderTest.granted(AHEAD));
        assertThat(story.check(TenantFixture.unread(NOW)).validUntil()).isNull();
    }

    @Test
    void theClockOfAnotherReplicaMayBeALittleAhead() {
        story.check(StatusBuilderTest.granted(NOW.plusSeconds(60)));
        story.check(TenantFixture.unread(NOW));
        assertThat(story.condition(ConditionType.READY).status()).isEqualTo(Status.True);
    }

    @Test
    void theTimeOfVerificationIsWrittenAnewAtOnce() {
        story.check(StatusBuilderTest.granted(AHEAD));
        assertThat(story.check(StatusBuilderTest.granted(NOW)).lastVerified()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void noTimeOfTheFutureOutlivesAReadingWhateverHappenedThen() {
        var vanished = TenantFixture.of(AHEAD.plusSeconds(600))
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .observation();
        var lost = TenantFixture.of(AHEAD.plusSeconds(700))
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .observation();
        story.check(StatusBuilderTest.granted(AHEAD));
        assertNothingLiesAhead(story.check(StatusBuilderTest.granted(NOW)));
        story.check(vanished);
        assertNothingLiesAhead(story.check(TenantFixture.of(NOW).observation()));
        story.check(StatusBuilderTest.granted(AHEAD));
        story.check(vanished);
        story.check(lost);
        assertNothingLiesAhead(story.check(TenantFixture.of(NOW).observation()));
    }

    @Test
    void aLossIsConfirmedThatWasFirstSeenInTheFuture() {
        story.check(StatusBuilderTest.granted(NOW));
        story.check(TenantFixture.withoutConsole(AHEAD));
        story.check(TenantFixture.withoutConsole(NOW.plusSeconds(300)));
        story.check(TenantFixture.withoutConsole(NOW.plusSeconds(330)));
        assertThat(console()).isEqualTo(ApplicationState.ConsentRevoked);
    }

    @Test
    void nothingIsAwaitedOfAConsentOfTheFuture() {
        story.check(TenantFixture.withoutConsole(NOW));
        story.check(TenantFixture.of(AHEAD)
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .observation());
        story.check(TenantFixture.of(NOW.plusSeconds(300))
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .observation());
        assertThat(console()).isNotIn(ApplicationState.Propagating, ApplicationState.NotVerified);
    }

    @Test
    void whatWasGrantedInTheFutureWasGrantedAllTheSame() {
        story.check(StatusBuilderTest.granted(NOW.minusSeconds(300)));
        story.check(TenantFixture.unread(AHEAD));
        story.check(StatusBuilderTest.granted(AHEAD.plusSeconds(60)));
        story.check(TenantFixture.withoutConsole(NOW));
        story.check(TenantFixture.withoutConsole(NOW.plusSeconds(30)));
        assertThat(console()).isEqualTo(ApplicationState.ConsentRevoked);
    }

    @Test
    void aMistakeStallsWhoseTransitionLiesInTheFuture() {
        story.wants(Samples.resolve(Samples.ONBOARDING, Map.of()));
        story.check(TenantFixture.unread(AHEAD));
        story.check(TenantFixture.unread(NOW));
        story.check(TenantFixture.unread(NOW.plusSeconds(120)));
        assertThat(story.has(ConditionType.STALLED)).isTrue();
    }

    private ApplicationState console() {
        return story.status().application("heedify", "console").orElseThrow().state();
    }

    private static void assertNothingLiesAhead(TenantOnboardingStatus status) {
        var text = new KubernetesSerialization().asJson(status);
        assertThat(TIME.matcher(text).results().map(MatchResult::group).map(Instant::parse))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it).isBeforeOrEqualTo(NOW.plus(Story.FRESHNESS)));
    }
}
