package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Read at noon, and fresh for a quarter of an hour. */
class EvidenceTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration FRESHNESS = Duration.ofMinutes(15);

    private final Evidence evidence = new Evidence(Optional.of(NOON), Optional.of(NOON.plus(FRESHNESS)));

    @Test
    void itIsFreshUntilItsEndAndNoLonger() {
        assertThat(evidence.freshFor(at(0), FRESHNESS)).contains(FRESHNESS);
        assertThat(evidence.freshFor(at(900), FRESHNESS)).contains(Duration.ZERO);
        assertThat(evidence.freshFor(at(901), FRESHNESS)).isEmpty();
        assertThat(evidence.hasEnded(at(900))).isFalse();
        assertThat(evidence.hasEnded(at(901))).isTrue();
        assertThat(evidence.endsIn(at(899))).contains(Duration.ofSeconds(1));
        assertThat(evidence.endsIn(at(900))).isEmpty();
    }

    @Test
    void aCheckThatFindsTheSameRenewsItOnceHalfOfItsTimeIsOver() {
        assertThat(evidence.endStands(at(449), FRESHNESS)).isTrue();
        assertThat(evidence.endStands(at(450), FRESHNESS)).isFalse();
        assertThat(evidence.readingStands(at(449), FRESHNESS)).isTrue();
        assertThat(evidence.readingStands(at(450), FRESHNESS)).isFalse();
        assertThat(evidence.renewal(FRESHNESS)).contains(at(450));
    }

    @Test
    void theEarlierOfItsTimesIsRenewedFirst() {
        assertThat(new Evidence(Optional.of(NOON), Optional.of(at(600))).renewal(FRESHNESS))
                .contains(at(150));
        assertThat(new Evidence(Optional.of(at(-100)), Optional.of(at(900))).renewal(FRESHNESS))
                .contains(at(350));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1000000000-01-01T00:00:00Z",
                "-0001-12-31T23:59:59Z",
                "+1000000000-12-31T23:59:59.999999999Z",
                "+10000-01-01T00:00:00Z",
                "9999-12-31T23:59:59Z",
            })
    void aTimeThatNoClockHasShownIsNone(String time) {
        var hostile = Evidence.of(TenantOnboardingStatus.initial().with(new Times(time, time)));
        assertThat(hostile).isEqualTo(new Evidence(Optional.empty(), Optional.empty()));
        assertThat(new Evidence(Optional.of(Instant.parse(time)), Optional.of(Instant.parse(time))))
                .isEqualTo(hostile);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01T00:00:00Z", "9999-12-30T23:59:59Z"})
    void atTheEndsOfTimeThereIsRoomToReckonWith(String time) {
        var early = Evidence.of(TenantOnboardingStatus.initial().with(new Times(time, time)));
        var century = Duration.ofDays(365_000);
        assertThat(early.renewal(century)).isPresent();
        assertThat(early.hasEnded(NOON)).isNotEqualTo(early.liesAhead(NOON));
        assertThat(early.keptEnd(NOON, FRESHNESS).isPresent()).isEqualTo(early.hasEnded(NOON));
        assertThat(early.freshFor(NOON, FRESHNESS)).isEmpty();
        assertThat(early.endStands(NOON, FRESHNESS)).isFalse();
        assertThat(early.readingStands(NOON, FRESHNESS)).isFalse();
        assertThat(early.endsIn(NOON)).isEmpty();
        assertThat(early.countsFor(NOON, FRESHNESS).isPresent()).isEqualTo(early.hasEnded(NOON));
    }

    @Test
    void whereEitherTimeIsMissingTheNextCheckRenewsIt() {
        var neverRead = new Evidence(Optional.empty(), Optional.of(at(900)));
        assertThat(neverRead.renewal(FRESHNESS)).isEmpty();
        assertThat(neverRead.freshFor(NOON, FRESHNESS)).isEmpty();
        assertThat(neverRead.readingStands(NOON, FRESHNESS)).isFalse();
        assertThat(neverRead.liesAhead(NOON)).isFalse();
        var withoutEnd = new Evidence(Optional.of(NOON), Optional.empty());
        assertThat(withoutEnd.renewal(FRESHNESS)).isEmpty();
        assertThat(withoutEnd.endStands(NOON, FRESHNESS)).isFalse();
        assertThat(withoutEnd.hasEnded(at(100_000))).isFalse();
        assertThat(withoutEnd.countsFor(at(100), FRESHNESS)).contains(Duration.ofSeconds(800));
    }

    @Test
    void whatWasReadFurtherAheadThanClocksDifferWasReadUnderAWrongClock() {
        assertThat(evidence.liesAhead(at(-60))).isFalse();
        assertThat(evidence.readBefore(at(-60))).contains(NOON);
        assertThat(evidence.liesAhead(at(-61))).isTrue();
        assertThat(evidence.readBefore(at(-61))).isEmpty();
        assertThat(evidence.freshFor(at(-61), FRESHNESS)).isEmpty();
        assertThat(evidence.endsIn(at(-61))).isEmpty();
        assertThat(evidence.readingStands(at(-61), FRESHNESS)).isFalse();
        assertThat(evidence.keptEnd(at(-60), FRESHNESS)).contains(at(900));
        assertThat(evidence.keptEnd(at(-61), FRESHNESS)).isEmpty();
    }

    @Test
    void moreThanAllOfItsTimeIsOfAnotherClock() {
        assertThat(evidence.countsFor(at(0), FRESHNESS)).contains(FRESHNESS);
        assertThat(evidence.countsFor(at(-1), FRESHNESS)).isEmpty();
        assertThat(evidence.endStands(at(-1), FRESHNESS)).isFalse();
    }

    @Test
    void itIsLaterThanAReadingThatBeganBeforeUnlessItHasNotComeYet() {
        assertThat(evidence.isLaterThan(at(-1), at(0))).isTrue();
        assertThat(evidence.isLaterThan(at(0), at(0))).isFalse();
        assertThat(evidence.isLaterThan(at(-1), at(-1))).isFalse();
    }

    private static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }
}
