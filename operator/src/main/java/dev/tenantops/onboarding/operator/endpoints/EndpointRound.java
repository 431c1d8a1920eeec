package dev.tenantops.onboarding.operator.endpoints;

import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One round of probes of one onboarding. It ends when its parts have, when its time is up, or when it is given up. */
public final class EndpointRound {

    private final EndpointPlan plan;
    private final List<DesiredEndpoint> endpoints;
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private final ConcurrentLinkedQueue<FutureTask<?>> parts = new ConcurrentLinkedQueue<>();
    private final AtomicInteger open = new AtomicInteger();

    /** @param endpoints what to probe, in the order in which it has its turns */
    EndpointRound(EndpointPlan plan, List<DesiredEndpoint> endpoints) {
        this.plan = plan;
        this.endpoints = endpoints;
    }

    EndpointPlan plan() {
        return plan;
    }

    List<DesiredEndpoint> endpoints() {
        return endpoints;
    }

    /** Runs something of this round; what is not done when the round ends is interrupted. */
    void execute(Executor executor, Runnable work) {
        open.incrementAndGet();
        var part = new FutureTask<Void>(
                () -> {
                    try {
                        work.run();
                    } finally {
                        if (open.decrementAndGet() == 0) {
                            over.complete(null);
                        }
                    }
                },
                null);
        parts.add(part);
        try {
            executor.execute(part);
        } catch (RejectedExecutionException e) {
            giveUp();
            throw e;
        }
    }

    boolean isOver() {
        return over.isDone();
    }

    /** Waits until all parts are done, those too that other parts have begun. */
    void await(Duration limit) throws InterruptedException {
        try {
            over.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            // What is there counts, and what is missing is told as missing.
        } catch (ExecutionException e) {
            throw new IllegalStateException("A round ends and does not fail", e);
        } finally {
            giveUp();
        }
    }

    /** Ends the round, whatever is still open. */
    void giveUp() {
        over.complete(null);
        parts.forEach(it -> it.cancel(true));
    }
}
