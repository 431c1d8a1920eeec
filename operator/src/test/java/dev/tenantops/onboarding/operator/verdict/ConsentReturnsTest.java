package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anybody who may annotate an onboarding can write that somebody came back from a consent page. */
class ConsentReturnsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final ConsentReturns returns = new ConsentReturns(Duration.ofMinutes(2));

    @ParameterizedTest
    @ValueSource(strings = {"2026-03-01T11:58:00Z", "2026-03-01T11:59:30.123Z", "2026-03-01T12:01:00Z"})
    void aReturnOfTheLastMinutesIsBelieved(String at) {
        assertThat(remembered("console/" + at, Memory.NONE).consentReturned()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "console/2999-01-01T00:00:00Z",
                "console/2026-03-01T12:01:01Z",
                "console/2026-03-01T11:57:59Z",
                "console/1970-01-01T00:00:00Z",
                "console/+1000000000-12-31T23:59:59Z",
                "console/yesterday",
                "presence/2026-03-01T12:00:00Z",
                "2026-03-01T12:00:00Z"
            })
    void anyOtherIsNot(String annotation) {
        assertThat(remembered(annotation, Memory.NONE).consentReturned()).isEmpty();
    }

    @Test
    void itIsBelievedOnceInAWhileHoweverOftenItComes() {
        var first = remembered("console/2026-03-01T12:00:00Z", Memory.NONE);
        var again =
                returns.remembered(onboarding("console/2026-03-01T12:05:00Z"), "console", first, NOW.plusSeconds(300));
        assertThat(again.consentReturned()).contains(NOW);
        var later = returns.remembered(
                onboarding("console/2026-03-01T12:21:00Z"), "console", first, NOW.plusSeconds(21 * 60));
        assertThat(later.consentReturned()).contains(NOW.plusSeconds(21 * 60));
    }

    @Test
    void oneThatIsRememberedFromTheFutureKeepsNoneAway() {
        var forged = Memory.NONE.withConsentReturned(Instant.parse("2999-01-01T00:00:00Z"));
        assertThat(remembered("console/2026-03-01T11:59:50Z", forged).consentReturned())
                .contains(NOW.minusSeconds(10));
        assertThat(remembered("console/2999-01-01T00:00:00Z", forged).consentReturned())
                .isEmpty();
    }

    private Memory remembered(String annotation, Memory memory) {
        return returns.remembered(onboarding(annotation), "console", memory, NOW);
    }

    private static TenantOnboarding onboarding(String annotation) {
        var onboarding = Samples.onboarding(Samples.ONBOARDING);
        onboarding.getMetadata().setAnnotations(Map.of(TenantOnboarding.CONSENT_RETURNED, annotation));
        return onboarding;
    }
}
