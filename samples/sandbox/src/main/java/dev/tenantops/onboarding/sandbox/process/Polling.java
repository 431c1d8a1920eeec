package dev.tenantops.onboarding.sandbox.process;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition by looking again and again. */
public final class Polling {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private Polling() {}

    /** What was seen last when the time was up. */
    public static final class TimedOut extends RuntimeException {
        private static final long serialVersionUID = 1;

        TimedOut(String message) {
            super(message);
        }
    }

    /**
     * Looks until the condition holds, and returns what was seen then.
     *
     * @throws TimedOut with what was seen last
     */
    public static <T> T until(Duration limit, Supplier<Optional<T>> look, Predicate<? super T> condition) {
        long end = System.nanoTime() + limit.toNanos();
        Optional<T> seen = look.get();
        while (seen.filter(condition).isEmpty()) {
            if (System.nanoTime() > end) {
                throw new TimedOut("after %d s: %s"
                        .formatted(limit.toSeconds(), seen.map(Object::toString).orElse("nothing there")));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            seen = look.get();
        }
        return seen.get();
    }
}
