package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.verdict.MemoryTimes.Time;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MemoryTimesTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @ParameterizedTest
    @EnumSource
    void eachTimeIsKeptByItselfAndCanBeTakenAway(Time time) {
        var times = MemoryTimes.NONE.with(time, Optional.of(NOON));
        for (Time other : Time.values()) {
            assertThat(times.at(other).isPresent()).isEqualTo(other == time);
        }
        assertThat(times.with(time, Optional.empty())).isEqualTo(MemoryTimes.NONE);
    }

    /** What can have been no time of the past waits for nothing and excuses nothing; that it was granted once stays. */
    @ParameterizedTest
    @EnumSource
    void ofTimesAheadOnlyThatItWasGrantedIsBelieved(Time time) {
        var memory = new Memory(
                Memory.NONE.state(),
                Memory.NONE.granted(),
                Memory.NONE.missing(),
                Memory.NONE.lost(),
                true,
                MemoryTimes.NONE.with(time, Optional.of(NOON.plusSeconds(61))));
        assertThat(memory.believed(NOON).times())
                .isEqualTo(
                        time == Time.LastGranted
                                ? MemoryTimes.NONE.with(Time.LastGranted, Optional.of(NOON))
                                : MemoryTimes.NONE);
        assertThat(memory.believed(NOON.plusSeconds(1))).isEqualTo(memory);
    }
}
