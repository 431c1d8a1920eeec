package dev.tenantops.onboarding.sandbox.chaos.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ImpedimentsTest {

    private static final long SECOND = 1_000_000_000L;

    private final Impediments impediments = new Impediments();

    @Test
    void withoutAnyAllTimeCounts() {
        assertThat(impediments.unimpeded(3 * SECOND, 10 * SECOND)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void theTimeOfOneAndWhatItIsAllowedAfterwardsDoNotCount() {
        impediments.add(4 * SECOND, 6 * SECOND, Duration.ofSeconds(1));
        assertThat(impediments.unimpeded(3 * SECOND, 10 * SECOND)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void twoAtOnceAreNotCountedTwice() {
        impediments.add(4 * SECOND, 7 * SECOND, Duration.ZERO);
        impediments.add(5 * SECOND, 6 * SECOND, Duration.ZERO);
        assertThat(impediments.unimpeded(3 * SECOND, 10 * SECOND)).isEqualTo(Duration.ofSeconds(4));
    }

    /** One that ends where the other has begun leaves no time between them. */
    @Test
    void whatIsInTheWayOfOneOrTheOtherIsInTheWay() {
        impediments.add(4 * SECOND, 6 * SECOND, Duration.ZERO);
        var others = new Impediments();
        others.add(5 * SECOND, 9 * SECOND, Duration.ZERO);
        assertThat(impediments.and(others).unimpeded(3 * SECOND, 10 * SECOND)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void oneThatGoesOnCountsUntilNow() {
        long begin = System.nanoTime();
        impediments.begin(Duration.ZERO, Duration.ZERO);
        assertThat(impediments.unimpeded(begin - SECOND, begin + 100 * SECOND)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void oneThatWasShortIsAllowedLittleAfterwards() {
        Ending ending = impediments.begin(Duration.ofSeconds(2), Duration.ofSeconds(60));
        ending.end();
        long end = System.nanoTime();
        assertThat(impediments.any(end, end + SECOND)).isTrue();
        assertThat(impediments.any(end + 10 * SECOND, end + 60 * SECOND)).isFalse();
    }

    @Test
    void whatIsOverBeforeATimeBeginsDoesNotMatter() {
        impediments.add(SECOND, 2 * SECOND, Duration.ZERO);
        assertThat(impediments.unimpeded(3 * SECOND, 10 * SECOND)).isEqualTo(Duration.ofSeconds(7));
        assertThat(impediments.any(3 * SECOND, 10 * SECOND)).isFalse();
    }
}
