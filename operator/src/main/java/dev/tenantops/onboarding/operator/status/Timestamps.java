package dev.tenantops.onboarding.operator.status;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as Kubernetes writes them: RFC 3339 in UTC, to the second. */
public final class Timestamps {

    /** RFC 3339 writes years with four digits. */
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    private Timestamps() {}

    public static String format(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The same for a field that may be absent, which is null in a status. */
    static String format(Optional<Instant> time) {
        return time.map(Timestamps::format).orElse(null);
    }

    /** The time that a status holds; empty where it holds none that can be read. Anybody may have put it there. */
    public static Optional<Instant> parse(String time) {
        try {
            return Optional.ofNullable(time).map(Instant::parse).filter(it -> it.isBefore(END));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
