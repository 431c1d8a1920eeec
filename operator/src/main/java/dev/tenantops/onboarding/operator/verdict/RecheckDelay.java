package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.observe.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** When to look again. */
public final class RecheckDelay {

    private static final double JITTER = 0.1;
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** A credential that may not have arrived is tried at once, and then the less often the longer it takes. */
    private static final Duration FIRST_SIGN_IN = Duration.ofSeconds(3);

    private static final Duration LAST_SIGN_IN = Duration.ofMinutes(1);

    /** After a check that had no turn to ask: about as long as those take that were before it. */
    private static final Duration UNTRIED = Duration.ofSeconds(10);

    private final Propagation propagation;
    private final Duration networkConfirmation;

    /** @param networkConfirmation when an endpoint is looked at again that answered otherwise than before */
    public RecheckDelay(Propagation propagation, Duration networkConfirmation) {
        this.propagation = propagation;
        this.networkConfirmation = networkConfirmation;
    }

    /**
     * The time until the next check.
     *
     * @param interval the time between two checks
     * @param freshFor how long the evidence still counts that this check did not renew; whatever else is due, its end
     *     has to be told
     * @param refused since when the credential of a catalog's verifier is refused, if it is
     * @param deadline when something changes by time alone, which has to be told then
     * @param random a number from 0 to 1, which spreads the checks of many onboardings
     */
    public Duration after(
            OnboardingVerdict verdict,
            Duration interval,
            Optional<Duration> freshFor,
            Function<String, Optional<Instant>> refused,
            Optional<Duration> deadline,
            double random) {
        var asked = verdict.verifiers().stream()
                .flatMap(it -> it.failure().flatMap(Failure::retryAfter).stream())
                .max(Duration::compareTo);
        var regular =
                soon(verdict, refused).filter(it -> it.compareTo(interval) < 0).orElse(interval);
        var spread = spread(regular, random);
        // Where many tenants were asked at once, they come back at twice the steady rate, and not in step.
        var obeyed = asked.map(it -> it.plusMillis((long) (interval.toMillis() / 2 * random)));
        var due = obeyed.filter(it -> it.compareTo(spread) > 0).orElse(spread);
        var told = freshFor.map(it -> it.plus(SHORTEST))
                .filter(it -> it.compareTo(due) < 0)
                .orElse(due);
        return notBeyond(deadline, told);
    }

    /** The same after a check that found everything as it was, and nothing to wait for but that. */
    public Duration unchanged(Duration interval, Optional<Duration> deadline, double random) {
        return notBeyond(deadline, spread(interval, random));
    }

    private static Duration notBeyond(Optional<Duration> deadline, Duration due) {
        var sooner = deadline.filter(it -> it.compareTo(due) < 0).orElse(due);
        return sooner.compareTo(SHORTEST) < 0 ? SHORTEST : sooner;
    }

    private static Duration spread(Duration regular, double random) {
        return Duration.ofMillis((long) (regular.toMillis() * (1 - JITTER + 2 * JITTER * random)));
    }

    private Optional<Duration> soon(OnboardingVerdict verdict, Function<String, Optional<Instant>> refused) {
        var propagating = verdict.applications().stream()
                .filter(RecheckDelay::propagating)
                .map(_ -> propagation.confirmation());
        var unsettled = verdict.endpoints().stream()
                .filter(it -> it instanceof EndpointVerdict.Probed probed && !probed.settled())
                .map(_ -> networkConfirmation);
        var arriving = verdict.verifiers().stream()
                .filter(RecheckDelay::arriving)
                .map(it -> signIn(refused.apply(it.catalog())
                        .map(since -> Duration.between(since, verdict.readAt()))
                        .orElse(Duration.ZERO)));
        var untried = verdict.verifiers().stream()
                .filter(it -> !arriving(it))
                .filter(it -> it.failure().filter(Failure::untried).isPresent())
                .map(_ -> UNTRIED);
        return Stream.of(propagating, unsettled, arriving, untried)
                .flatMap(it -> it)
                .min(Duration::compareTo);
    }

    private static boolean arriving(VerifierVerdict verifier) {
        return verifier.failure()
                .filter(it -> it.reason() == Failure.Reason.CredentialsPropagating)
                .isPresent();
    }

    private static Duration signIn(Duration refusedFor) {
        var half = refusedFor.dividedBy(2);
        if (half.compareTo(FIRST_SIGN_IN) < 0) {
            return FIRST_SIGN_IN;
        }
        return half.compareTo(LAST_SIGN_IN) < 0 ? half : LAST_SIGN_IN;
    }

    private static boolean propagating(ApplicationVerdict verdict) {
        return switch (verdict) {
            case ApplicationVerdict.Proven proven ->
                proven.state() == ApplicationState.Propagating || !proven.settled();
            case ApplicationVerdict.Unread unread -> unread.failure().reason() == Failure.Reason.ReplicaBehind;
            case ApplicationVerdict.NotVerifiable _ -> false;
        };
    }
}
