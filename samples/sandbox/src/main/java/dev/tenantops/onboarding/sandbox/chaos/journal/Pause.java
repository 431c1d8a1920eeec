package dev.tenantops.onboarding.sandbox.chaos.journal;

import java.time.Duration;

/** Lets time pass. */
public final class Pause {

    private Pause() {}

    /** @throws IllegalStateException when it is interrupted */
    public static void of(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }

    /** Until a thread has ended. */
    public static void until(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
