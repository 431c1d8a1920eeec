package dev.tenantops.onboarding.sandbox.microsoft.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphErrorsTest {

    @ParameterizedTest
    @CsvSource({
        "2026-07-14T08:12:33.456Z, 2026-07-14T08:12:33",
        "2026-07-14T08:12:00Z, 2026-07-14T08:12:00",
        "2026-07-14T00:00:00Z, 2026-07-14T00:00:00"
    })
    void theDateHasSecondsAlsoAtAFullMinuteAndNoZone(Instant when, String date) {
        assertThat(GraphErrors.date(when)).isEqualTo(date);
    }
}
