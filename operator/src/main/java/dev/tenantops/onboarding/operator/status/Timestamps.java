package dev.tenantops.onboarding.operator.status;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Times as Kubernetes writes them: RFC 3339 in UTC, to the second. */
public final class Timestamps {

    /** RFC 3339 writes years with four digits. */
    private static final Instant BEGINNING = Instant.parse("0000-01-01T00:00:00Z");

    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");

    /** Its punctuation stands where that of every time stands that the operator writes. */
    private static final String FORM = "0000-00-00T00:00:00Z";

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
        if (time == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(isPlain(time) ? plain(time) : Instant.parse(time))
                    .filter(Timestamps::canBeWritten);
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** Whether it is one of the times that can be written, so that there is room before and after it to reckon with. */
    static boolean canBeWritten(Instant time) {
        return !time.isBefore(BEGINNING) && time.isBefore(END);
    }

    private static boolean isPlain(String time) {
        if (time.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            var wanted = FORM.charAt(i);
            var found = time.charAt(i);
            if (wanted == '0' ? found < '0' || found > '9' : found != wanted) {
                return false;
            }
        }
        return true;
    }

    /** Ten thousand statuses are asked for their times each second, which a formatter takes twenty times as long for. */
    private static Instant plain(String time) {
        var hour = number(time, 11, 13);
        var minute = number(time, 14, 16);
        var second = number(time, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            return Instant.parse(time);
        }
        try {
            var day = LocalDate.of(number(time, 0, 4), number(time, 5, 7), number(time, 8, 10));
            return Instant.ofEpochSecond(day.toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second);
        } catch (DateTimeException _) {
            return Instant.parse(time);
        }
    }

    private static int number(String text, int from, int to) {
        var number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
