package dev.tenantops.onboarding.operator.endpoints;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** What rounds of probes run on, and the time that they go by. */
public interface RoundExecutor extends Executor {

    /** Nanoseconds from some moment on, which no step of the wall clock moves. */
    long nanos();

    /** Runs a task after a while, unless the operator ends before. */
    void executeAfter(Duration delay, Runnable task);

    /** Runs tasks on an executor, in the machine's own time. */
    static RoundExecutor of(Executor executor) {
        return new RoundExecutor() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void execute(Runnable task) {
                executor.execute(task);
            }

            @Override
            public void executeAfter(Duration delay, Runnable task) {
                CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, this::executeIfOpen)
                        .execute(task);
            }

            private void executeIfOpen(Runnable task) {
                try {
                    executor.execute(task);
                } catch (RejectedExecutionException _) {
                    // Nobody waits for it any more.
                }
            }
        };
    }
}
