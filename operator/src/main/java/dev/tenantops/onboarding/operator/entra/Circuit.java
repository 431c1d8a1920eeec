package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/**
 * Notices that a service is dead or hangs, once for all tenants: after a few that got no answer, with no answer to
 * anybody in between, nobody is sent there for some seconds, and then one at a time until one gets an answer. SmallRye's
 * circuit breaker does not fit: it counts calls, so that a single tenant that hangs would open it for all; its delay is
 * fixed and by the system's time; and it hands out an exception of its own in place of what was wrong.
 *
 * @param <C> why there was no answer
 */
final class Circuit<C> {

    /** What hangs for fewer may be theirs alone. */
    static final int TENANTS = 3;

    static final Duration SHORTEST = Duration.ofSeconds(5);
    static final Duration LONGEST = Duration.ofSeconds(30);
    private static final double JITTER = 0.2;

    private final Ticker ticker;
    private final DoubleSupplier random;
    private final Consumer<State> changed;

    private final Set<String> unanswered = new HashSet<>();
    /** Changes with each opening and closing, so that what was under way before says nothing about the time after. */
    private long era;

    private int openings;
    private long trialFrom;
    private boolean trying;
    private String lastTrial = "";
    private C cause;

    /** What somebody may do who wants to ask the service. */
    sealed interface Way<C> {

        /** Nothing; the service would not answer, for the same reason as those before. */
        record Barred<C>(C cause) implements Way<C> {}

        /** Ask, and tell what came of it; closed without having told, it counts as never asked. */
        sealed interface Free<C> extends Way<C>, AutoCloseable {

            /** The service answered, whatever it said. */
            void answered();

            void unanswered(C cause);

            @Override
            void close();
        }
    }

    /** @param pause for how long nobody is sent there; zero once it answers again */
    record State(boolean open, Duration pause) {}

    /**
     * @param random a number from 0 to 1, which keeps several operators out of step
     * @param changed hears when it opens and when it closes; must not block
     */
    Circuit(Ticker ticker, DoubleSupplier random, Consumer<State> changed) {
        this.ticker = ticker;
        this.random = random;
        this.changed = changed;
    }

    synchronized Way<C> enter(String tenantId) {
        if (openings == 0) {
            return new Passage(era, tenantId);
        }
        var due = ticker.read() - trialFrom;
        // The tenant that was tried last may be the one that hangs alone; it must not take every turn.
        var turn = due >= (tenantId.equals(lastTrial) ? LONGEST.toNanos() : 0);
        if (trying || !turn) {
            return new Way.Barred<>(cause);
        }
        trying = true;
        lastTrial = tenantId;
        return new Passage(era, tenantId);
    }

    private synchronized void answered(Passage passage) {
        if (passage.era != era) {
            return;
        }
        unanswered.clear();
        if (openings > 0) {
            openings = 0;
            era++;
            trying = false;
            lastTrial = "";
            changed.accept(new State(false, Duration.ZERO));
        }
    }

    private synchronized void unanswered(Passage passage, C why) {
        if (passage.era != era) {
            return;
        }
        cause = why;
        unanswered.add(passage.tenantId);
        if (openings > 0 || unanswered.size() >= TENANTS) {
            open();
        }
    }

    private void open() {
        var longest = SHORTEST.multipliedBy(1L << Math.min(openings, 3));
        var whole = longest.compareTo(LONGEST) < 0 ? longest : LONGEST;
        var wait = Duration.ofNanos((long) (whole.toNanos() * (1 - JITTER * random.getAsDouble())));
        trialFrom = ticker.read() + wait.toNanos();
        era++;
        trying = false;
        openings++;
        if (openings == 1) {
            changed.accept(new State(true, wait));
        }
    }

    private synchronized void abandoned(Passage passage) {
        if (passage.era == era) {
            trying = false;
        }
    }

    private final class Passage implements Way.Free<C> {

        private final long era;
        private final String tenantId;

        private Passage(long era, String tenantId) {
            this.era = era;
            this.tenantId = tenantId;
        }

        @Override
        public void answered() {
            Circuit.this.answered(this);
        }

        @Override
        public void unanswered(C cause) {
            Circuit.this.unanswered(this, cause);
        }

        @Override
        public void close() {
            abandoned(this);
        }
    }
}
