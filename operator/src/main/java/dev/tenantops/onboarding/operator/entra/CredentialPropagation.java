package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Remedy;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Tells a credential that has not arrived everywhere from one that is wrong. A secret, a certificate or a federated
 * credential that was just added is refused by some of Entra ID's replicas for up to minutes, in the same words as a wrong
 * one. So a refusal counts only once it has lasted, and not while other tenants sign in with the same. Source:
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 *
 * <p>Where several tenants are refused with no sign-in in between, one at a time tries on for all of them.
 */
final class CredentialPropagation {

    private static final Duration REMEMBERED = Duration.ofHours(1);
    private static final long MOST_REMEMBERED = 10_000;

    private final Duration time;
    private final Clock clock;
    private final Ticker ticker;
    private final Cache<Subject, Standing> standings;

    /** A credential, whatever tenants it is for. */
    private record Subject(URI login, String clientId, String version) {}

    /** Why one was refused. */
    private record Refusal(SignInError error, int code) {}

    /** What somebody may do who wants to sign in. */
    sealed interface Way {

        /** Nothing; it would be refused as it was for those before, who wait for it to arrive. */
        record Barred(Failure failure) implements Way {}

        /** Try, and tell what came of it. */
        sealed interface Trial extends Way, AutoCloseable {

            void accepted();

            /** The failure of a sign-in, in better words where the credential may not have arrived. */
            Failure refused(Failure failure, Optional<Integer> code);

            @Override
            void close();
        }
    }

    /** @param time for how long a credential that changed may be refused before it counts as wrong */
    CredentialPropagation(Duration time, Clock clock, Ticker ticker) {
        this.time = time;
        this.clock = clock;
        this.ticker = ticker;
        this.standings = Caffeine.newBuilder()
                .expireAfterAccess(REMEMBERED)
                .maximumSize(MOST_REMEMBERED)
                .ticker(ticker)
                .build();
    }

    /** @param since since when the credential may be on its way */
    Way enter(TokenKey key, Optional<Instant> since) {
        var subject = new Subject(key.cloud().login(), key.clientId(), key.credentialVersion());
        return standings.get(subject, _ -> new Standing()).enter(key, since);
    }

    /** What is known of one credential by the sign-ins of all tenants. */
    private final class Standing {

        private final Circuit<Refusal> circuit =
                new Circuit<>(ticker, () -> ThreadLocalRandom.current().nextDouble(), _ -> {});
        private volatile Optional<Long> acceptedAt = Optional.empty();

        private Way enter(TokenKey key, Optional<Instant> since) {
            return switch (circuit.enter(key.tenantId())) {
                case Circuit.Way.Barred<Refusal>(Refusal refusal)
                when mayArrive(since) ->
                    new Way.Barred(failure(key, refusal, since).ofAnother());
                // What may not arrive any more is tried by everybody: one tenant's answer is not another's.
                case Circuit.Way.Barred<Refusal> _ -> new Attempt(key, since, Optional.empty());
                case Circuit.Way.Free<Refusal> way -> new Attempt(key, since, Optional.of(way));
            };
        }

        private boolean mayArrive(Optional<Instant> since) {
            return isNew(since) || isAcceptedElsewhere();
        }

        private boolean isNew(Optional<Instant> since) {
            return since.map(it -> Duration.between(it, clock.instant()).abs())
                    .filter(it -> it.compareTo(time) < 0)
                    .isPresent();
        }

        private boolean isAcceptedElsewhere() {
            return acceptedAt.filter(it -> ticker.read() - it < time.toNanos()).isPresent();
        }

        private Failure failure(TokenKey key, Refusal refusal, Optional<Instant> since) {
            var started = since.filter(_ -> isNew(since)).map(it -> it.truncatedTo(ChronoUnit.SECONDS));
            return Failure.of(
                    Reason.CredentialsPropagating,
                    "The verifier " + key.clientId() + " cannot sign in to tenant " + key.tenantId() + ": "
                            + refusal.error().what() + " (AADSTS" + refusal.code()
                            + "), or has not arrived everywhere: "
                            + started.map(it ->
                                            "it is new since " + it + ", and spreads over Entra ID for some minutes")
                                    .orElse("Entra ID took the same a moment ago")
                            + ".",
                    "Wait: the operator tries again within seconds. If that lasts"
                            + started.map(it -> " until " + it.plus(time)).orElse("") + ": "
                            + instruction(refusal.error()));
        }

        private static String instruction(SignInError error) {
            return switch (error.remedy()) {
                case Remedy.Instruction(String text) -> text;
                case Remedy.Consent(String note) -> note;
            };
        }

        private final class Attempt implements Way.Trial {

            private final TokenKey key;
            private final Optional<Instant> since;
            private final Optional<Circuit.Way.Free<Refusal>> way;

            private Attempt(TokenKey key, Optional<Instant> since, Optional<Circuit.Way.Free<Refusal>> way) {
                this.key = key;
                this.since = since;
                this.way = way;
            }

            @Override
            public void accepted() {
                acceptedAt = Optional.of(ticker.read());
                way.ifPresent(Circuit.Way.Free::answered);
            }

            @Override
            public Failure refused(Failure failure, Optional<Integer> code) {
                var refusal = code.flatMap(number ->
                        SignInError.of(number).filter(SignInError::spreads).map(it -> new Refusal(it, number)));
                refusal.ifPresent(it -> way.ifPresent(free -> free.unanswered(it)));
                return refusal.filter(_ -> mayArrive(since))
                        .map(it -> failure(key, it, since))
                        .orElse(failure);
            }

            @Override
            public void close() {
                way.ifPresent(Circuit.Way.Free::close);
            }
        }
    }
}
