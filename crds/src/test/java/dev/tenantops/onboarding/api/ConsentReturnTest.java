package dev.tenantops.onboarding.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentReturnTest {

    @Test
    void whatIsWrittenIsReadBack() {
        var returned = new ConsentReturn("console", Instant.parse("2026-03-01T12:00:00.123Z"));
        assertThat(ConsentReturn.parse(returned.toString())).contains(returned);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "console", "2026-03-01T12:00:00Z", "console/yesterday", "a/b/2026-03-01T12:00:00Z"})
    void whatAnotherWroteInAnotherFormSaysNothing(String annotation) {
        assertThat(ConsentReturn.parse(annotation)).isEmpty();
    }
}
