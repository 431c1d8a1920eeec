package dev.tenantops.onboarding.operator;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The reconciles that are under way. Each has a virtual thread, since it waits for other machines most of the time, and no
 * more than so many work at once. When the operator ends, those at work finish, and those that wait give up.
 */
public final class Reconciles {

    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore permits;
    private volatile boolean ending;

    /** @param maxConcurrent how many work at once */
    public Reconciles(int maxConcurrent) {
        this.permits = new Semaphore(maxConcurrent);
    }

    /** What they run on. */
    public ExecutorService executor() {
        return executor;
    }

    /**
     * Waits for a turn, which {@link #leave()} ends.
     *
     * @return false if the operator is ending, and there is no turn
     */
    boolean enter() throws InterruptedException {
        permits.acquire();
        if (ending) {
            permits.release();
            return false;
        }
        return true;
    }

    void leave() {
        permits.release();
    }

    /** No reconcile gets a turn any more. */
    public void end() {
        ending = true;
    }

    /** Whether all have ended within this time; the executor has to be shut down before. */
    public boolean ended(Duration limit) throws InterruptedException {
        return executor.awaitTermination(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
