package dev.tenantops.onboarding.operator.desired;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When somebody's word for something counts: until it ends, and not before its end is at most a year ahead.
 *
 * @param ends when each attestation of it ends, the earliest first
 */
public record AttestationTimes(List<Instant> ends) {

    /** Nobody vouches for it. */
    public static final AttestationTimes NONE = new AttestationTimes(List.of());

    /** A year, also one with a leap day. */
    private static final Duration LONGEST = Duration.ofDays(366);

    public AttestationTimes {
        ends = ends.stream().sorted().toList();
    }

    /** The end that an attestation names, to the second; empty where that is no time. */
    static Optional<Instant> parse(String until) {
        try {
            return Optional.of(Instant.parse(until).truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** The end of the one that counts for longest; empty where none counts. */
    public Optional<Instant> until(Instant now) {
        return ends.stream()
                .filter(it -> now.isBefore(it) && !now.isBefore(it.minus(LONGEST)))
                .reduce((_, later) -> later);
    }

    /** When the last one ended, where none counts any more. */
    public Optional<Instant> ended(Instant now) {
        return until(now).isPresent()
                ? Optional.empty()
                : ends.stream().filter(it -> !now.isBefore(it)).reduce((_, later) -> later);
    }

    /** The end of one that does not count yet, where none counts. */
    public Optional<Instant> tooLong(Instant now) {
        return until(now).isPresent()
                ? Optional.empty()
                : ends.stream().filter(it -> now.isBefore(it.minus(LONGEST))).findFirst();
    }

    /** The times at which one ends, or begins to count. */
    public Stream<Instant> turns() {
        return ends.stream().flatMap(it -> Stream.of(it, it.minus(LONGEST)));
    }
}
