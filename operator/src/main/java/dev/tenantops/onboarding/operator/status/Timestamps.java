package dev.tenantops.onboarding.operator.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as Kubernetes writes them: RFC 3339 in UTC, to the second. */
public final class Timestamps {

    private Timestamps() {}

    public static String format(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The same for a field that may be absent, which is null in a status. */
    static String format(Optional<Instant> time) {
        return time.map(Timestamps::format).orElse(null);
    }

    /** The time that a status holds. */
    public static Optional<Instant> parse(String time) {
        return Optional.ofNullable(time).map(Instant::parse);
    }
}
