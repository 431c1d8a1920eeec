package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When to look again at what could not be read. */
class RecheckDelayTest {

    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final Duration ASKED = Duration.ofMinutes(10);

    private Function<String, Optional<Instant>> refused = _ -> Optional.empty();

    private final RecheckDelay recheck =
            new RecheckDelay(new Propagation(Duration.ofSeconds(30), Duration.ofMinutes(2)), Duration.ofSeconds(30));

    @Test
    void manyTenantsThatWereAskedToWaitAtOnceDoNotComeBackInStep() {
        var random = new SplittableRandom(7);
        var delays = IntStream.range(0, 1_000)
                .mapToObj(_ -> after(throttled(Optional.of(ASKED)), random.nextDouble()))
                .toList();
        assertThat(delays).allMatch(it -> it.compareTo(ASKED) >= 0);
        assertThat(delays.stream()
                        .collect(Collectors.groupingBy(it -> it.toSeconds() / 30, Collectors.counting()))
                        .values())
                .as("at most twice what comes at a steady rate")
                .allMatch(it -> it <= 2 * 1.2 * 1_000 * 30 / INTERVAL.toSeconds());
    }

    @Test
    void whatMicrosoftAskedForIsNeverCutShort() {
        assertThat(after(throttled(Optional.of(ASKED)), 0)).isEqualTo(ASKED);
    }

    @Test
    void aTenantThatIsThrottledWithoutATimeIsLookedAtWhenItIsDue() {
        assertThat(after(throttled(Optional.empty()), 0.5)).isEqualTo(INTERVAL);
    }

    @Test
    void aServiceThatIsDeadIsAskedNoMoreOftenThanBefore() {
        assertThat(after(Failure.of(Reason.GraphUnavailable, "No answer.", "Wait."), 0.5))
                .isEqualTo(INTERVAL);
    }

    @Test
    void whoHadNoTurnToAskLooksAgainSoon() {
        assertThat(after(Failure.untried("Others are first.", "Wait."), 0.5)).isLessThan(Duration.ofSeconds(15));
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "5, 3", "10, 5", "60, 30", "119, 59", "600, 60"})
    void aCredentialThatMayNotHaveArrivedIsTriedWithinSecondsAndLessOftenTheLongerItTakes(int refusedFor, int seconds) {
        refused = _ -> Optional.of(Instant.EPOCH.minusSeconds(refusedFor));
        var arriving = Failure.of(Reason.CredentialsPropagating, "It may not have arrived.", "Wait.");
        assertThat(after(arriving, 0.5).toSeconds()).isEqualTo(seconds);
        assertThat(after(arriving.ofAnother(), 0.5).toSeconds()).isEqualTo(seconds);
    }

    @Test
    void aCredentialThatIsWrongIsTriedWhenItIsDue() {
        refused = _ -> Optional.of(Instant.EPOCH);
        assertThat(after(Failure.of(Reason.CredentialsInvalid, "It is wrong.", "Correct it."), 0.5))
                .isEqualTo(INTERVAL);
    }

    private Duration after(Failure failure, double random) {
        var verdict = new OnboardingVerdict(
                Instant.EPOCH,
                List.of(),
                List.of(new VerifierVerdict("heedify", "client", Optional.empty(), Optional.of(failure))),
                List.of(),
                List.of(),
                List.of());
        return recheck.after(verdict, INTERVAL, Optional.empty(), refused, Optional.empty(), random);
    }

    private static Failure throttled(Optional<Duration> retryAfter) {
        return Failure.of(Reason.Throttled, "Slow down.", "Wait.").withRetryAfter(retryAfter);
    }
}
