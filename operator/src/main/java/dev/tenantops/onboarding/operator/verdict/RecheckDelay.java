package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.observe.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** When to look again. */
public final class RecheckDelay {

    private static final double JITTER = 0.1;

    private final Propagation propagation;

    public RecheckDelay(Propagation propagation) {
        this.propagation = propagation;
    }

    /**
     * The time until the next check.
     *
     * @param interval the time between two checks
     * @param random a number from 0 to 1, which spreads the checks of many onboardings
     */
    public Duration after(OnboardingVerdict verdict, Duration interval, double random) {
        var asked = verdict.verifiers().stream()
                .flatMap(it -> it.failure().flatMap(Failure::retryAfter).stream())
                .max(Duration::compareTo);
        var regular = soon(verdict).filter(it -> it.compareTo(interval) < 0).orElse(interval);
        var spread = Duration.ofMillis((long) (regular.toMillis() * (1 - JITTER + 2 * JITTER * random)));
        return Stream.of(Optional.of(spread), asked)
                .flatMap(Optional::stream)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private Optional<Duration> soon(OnboardingVerdict verdict) {
        return verdict.applications().stream().anyMatch(RecheckDelay::propagating)
                ? Optional.of(propagation.confirmation())
                : Optional.empty();
    }

    private static boolean propagating(ApplicationVerdict verdict) {
        return switch (verdict) {
            case ApplicationVerdict.Proven proven -> proven.state() == ApplicationState.Propagating;
            case ApplicationVerdict.Unread unread -> unread.failure().reason() == Failure.Reason.ReplicaBehind;
            case ApplicationVerdict.NotVerifiable _ -> false;
        };
    }
}
