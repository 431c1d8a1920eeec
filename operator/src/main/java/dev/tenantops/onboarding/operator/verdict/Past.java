package dev.tenantops.onboarding.operator.verdict;

import java.time.Duration;
import java.time.Instant;

/**
 * Tells which times of the past can be believed. They stand in statuses and annotations, where a replica with another
 * clock, an operator whose clock was wrong, or a hand has written them. What lies further ahead than clocks differ is
 * not of the past: nothing is fresh by it, and nothing waits for it.
 *
 * @param now the present
 */
public record Past(Instant now) {

    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(60);

    /** Whether this can have happened. */
    public boolean holds(Instant time) {
        return !time.isAfter(now.plus(CLOCKS_DIFFER));
    }

    /** Whether this can have happened, and no longer ago than that. */
    public boolean within(Duration window, Instant time) {
        return holds(time) && Duration.between(time, now).compareTo(window) <= 0;
    }
}
