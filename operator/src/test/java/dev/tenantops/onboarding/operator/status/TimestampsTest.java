package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private static final String LETTERS = "0123456789-:TZ.+ ";

    @Test
    void whatIsWrittenIsReadAgain() {
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            var time = Instant.ofEpochSecond(random.nextLong(-62_000_000_000L, 253_000_000_000L));
            assertThat(Timestamps.parse(Timestamps.format(time))).contains(time);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T12:00:00Z",
                "2026-02-29T12:00:00Z",
                "2028-02-29T23:59:59Z",
                "2026-02-31T12:00:00Z",
                "2026-13-01T12:00:00Z",
                "2026-00-00T00:00:00Z",
                "2026-03-01T24:00:00Z",
                "2026-03-01T23:59:60Z",
                "2026-03-01T12:60:00Z",
                "2026-03-01T12:00:00.5Z",
                "2026-03-01T12:00:00+01:00",
                "2026-03-01 12:00:00Z",
                "0000-01-01T00:00:00Z",
                "9999-12-31T00:00:00Z",
                "９999-12-31T00:00:00Z",
                "soon",
                ""
            })
    void aTimeIsWhatTheLibraryTakesForOne(String time) {
        assertThat(Timestamps.parse(time)).isEqualTo(library(time));
    }

    @Test
    void whateverStandsInAStatusIsReadAsTheLibraryReadsIt() {
        var random = new Random(8);
        for (int i = 0; i < 20_000; i++) {
            var time = new StringBuilder("2026-03-01T12:00:00Z");
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                time.setCharAt(random.nextInt(time.length()), LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
            assertThat(Timestamps.parse(time.toString())).as(time.toString()).isEqualTo(library(time.toString()));
        }
    }

    @Test
    void nothingIsNoTime() {
        assertThat(Timestamps.parse(null)).isEmpty();
    }

    private static Optional<Instant> library(String time) {
        try {
            return Optional.of(Instant.parse(time)).filter(it -> it.isBefore(Instant.parse("9999-12-31T00:00:00Z")));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
