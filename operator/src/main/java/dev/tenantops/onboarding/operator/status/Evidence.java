package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.verdict.Past;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a status rests on. Whoever asks whether something is fresh, has ended, or is to be renewed, asks here.
 *
 * <p>It has two times, since a check may read anew what {@code Ready} says and not all that the status shows.
 *
 * @param readAt when all that the status shows was last found true ({@code lastVerified})
 * @param validUntil until when that counts which {@code Ready} says
 */
public record Evidence(Optional<Instant> readAt, Optional<Instant> validUntil) {

    public Evidence {
        readAt = readAt.filter(Timestamps::canBeWritten);
        validUntil = validUntil.filter(Timestamps::canBeWritten);
    }

    /** The evidence of a status, as far as its times can be read. */
    public static Evidence of(TenantOnboardingStatus status) {
        return new Evidence(Timestamps.parse(status.lastVerified()), Timestamps.parse(status.validUntil()));
    }

    /** When that ends which was read at a time. */
    public static Instant end(Instant readAt, Duration freshness) {
        return readAt.plus(freshness);
    }

    /** When it was read, if that can have happened. */
    public Optional<Instant> readBefore(Instant now) {
        return readAt.filter(new Past(now)::holds);
    }

    /** Whether it was read at a time that has not come, so under a wrong clock: nobody knows when. */
    boolean liesAhead(Instant now) {
        return readAt.isPresent() && readBefore(now).isEmpty();
    }

    /** Whether its end is over. */
    public boolean hasEnded(Instant now) {
        return validUntil.filter(it -> it.isBefore(now)).isPresent();
    }

    /** For how long it may be believed from the status alone; empty where it may not. */
    public Optional<Duration> endsIn(Instant now) {
        return validUntil
                .filter(_ -> !liesAhead(now))
                .map(it -> Duration.between(now, it))
                .filter(Duration::isPositive);
    }

    /** For how long all that the status shows is fresh; empty where it is not. */
    public Optional<Duration> freshFor(Instant now, Duration freshness) {
        return readBefore(now)
                .map(it -> Duration.between(now, end(it, freshness)))
                .filter(it -> !it.isNegative());
    }

    /** For how long any of it counts that no later reading contradicts. More than all of its time is of another clock. */
    public Optional<Duration> countsFor(Instant now, Duration freshness) {
        return validUntil
                .or(() -> readAt.map(it -> end(it, freshness)))
                .map(it -> Duration.between(now, it))
                .filter(it -> it.compareTo(freshness) <= 0);
    }

    /** Whether it is of a later reading than another. */
    public boolean isLaterThan(Instant other, Instant now) {
        return readAt.filter(it -> it.isAfter(other) && !it.isAfter(now)).isPresent();
    }

    /** The end that stays where a check read nothing anew, also in the past; empty where it is of another clock. */
    Optional<Instant> keptEnd(Instant now, Duration freshness) {
        return validUntil.filter(it -> new Past(now).holds(it.minus(freshness)));
    }

    /** Whether a check that finds the same need not move its end yet. */
    boolean endStands(Instant now, Duration freshness) {
        return validUntil.isPresent()
                && countsFor(now, freshness)
                        .filter(it -> it.compareTo(half(freshness)) > 0)
                        .isPresent();
    }

    /** Whether a check that finds the same need not say so yet. */
    boolean readingStands(Instant now, Duration freshness) {
        return readBefore(now)
                .filter(it -> now.isBefore(it.plus(half(freshness))))
                .isPresent();
    }

    /** From when on a check that finds the same renews it. */
    Optional<Instant> renewal(Duration freshness) {
        return validUntil
                .map(it -> it.minus(half(freshness)))
                .flatMap(end -> readAt.map(it -> it.plus(half(freshness))).map(it -> it.isBefore(end) ? it : end));
    }

    /** Half of its time has to be left, or it is renewed. */
    private static Duration half(Duration freshness) {
        return freshness.dividedBy(2);
    }
}
