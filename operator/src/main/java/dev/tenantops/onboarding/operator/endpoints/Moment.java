package dev.tenantops.onboarding.operator.endpoints;

import java.time.Duration;
import java.time.Instant;

/**
 * A point in time by both clocks: ages go by the one that nobody can step, and what is told to people by the other.
 *
 * @param nanos of the clock that nobody can step
 * @param wall what a clock on the wall showed
 */
public record Moment(long nanos, Instant wall) {

    /** What a wall clock and its slow corrections drift in the life of a result, at most. */
    private static final Duration DRIFT = Duration.ofSeconds(2);

    Duration since(Moment earlier) {
        return Duration.ofNanos(nanos - earlier.nanos);
    }

    /** What the wall clock would have shown at an earlier moment, had it then been as it is now. */
    Instant wallAt(Moment earlier) {
        var byAge = wall.minus(since(earlier));
        return Duration.between(earlier.wall, byAge).abs().compareTo(DRIFT) <= 0 ? earlier.wall : byAge;
    }
}
