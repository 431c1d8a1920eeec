package dev.tenantops.onboarding.operator.entra;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * The header {@code Retry-After}: whole seconds or a date. Source:
 * https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
final class RetryAfter {

    /** Whoever asks for more may be a gateway with a wrong clock; asking once an hour hurts nobody. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** @param header the header's value, or null */
    static Optional<Duration> parse(String header, Clock clock) {
        if (header == null || header.isBlank()) {
            return Optional.empty();
        }
        var text = header.strip();
        try {
            var wait = text.chars().allMatch(Character::isDigit)
                    ? Duration.ofSeconds(Integer.parseInt(text))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }
}
