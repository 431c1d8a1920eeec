package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Bounds the memory of readings that bring the definitions of Microsoft Graph or of some other API. It is no queue
 * before a service that hangs: who gets no turn soon is told to come back, and where one gets no answer, all who wait
 * for the same cloud have theirs.
 */
final class ExpensiveReadings {

    /** Each takes some tens of megabytes of memory. */
    private static final int AT_ONCE = 3;

    /** Two, so that a tenant that hangs alone does not hold up the others; not all, so that a cloud does not either. */
    private static final int OF_ONE_CLOUD = 2;

    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<CloudEndpoints, Turns> clouds = new HashMap<>();
    private int underWay;

    private static final class Turns {
        private int underWay;
        private int failures;
        private Failure lastFailure;
    }

    /** What becomes of somebody who wants a turn. */
    sealed interface Admission {

        /** Others have read meanwhile what was wanted. */
        record Needless() implements Admission {}

        /** No turn now. */
        record Refused(Failure failure) implements Admission {}
    }

    /** A turn. */
    final class Turn implements Admission, AutoCloseable {

        private final CloudEndpoints cloud;

        private Turn(CloudEndpoints cloud) {
            this.cloud = cloud;
        }

        /** The service answers nobody, so those who wait need not ask it. */
        void failed(Failure failure) {
            locked(() -> {
                turns(cloud).failures++;
                turns(cloud).lastFailure = failure;
            });
        }

        @Override
        public void close() {
            locked(() -> {
                turns(cloud).underWay--;
                underWay--;
            });
        }
    }

    /** @param patience for how long somebody waits for a turn */
    ExpensiveReadings(Duration patience) {
        this.patience = patience;
    }

    /** @param needless whether there is nothing to read any more */
    Admission enter(CloudEndpoints cloud, BooleanSupplier needless) {
        try {
            lock.lockInterruptibly();
            try {
                return waitForTurn(cloud, needless);
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Admission.Refused(MsalTokenSource.INTERRUPTED);
        }
    }

    private Admission waitForTurn(CloudEndpoints cloud, BooleanSupplier needless) throws InterruptedException {
        var turns = turns(cloud);
        var failuresBefore = turns.failures;
        var end = System.nanoTime() + patience.toNanos();
        while (true) {
            if (needless.getAsBoolean()) {
                return new Admission.Needless();
            }
            if (turns.failures != failuresBefore) {
                return new Admission.Refused(turns.lastFailure.ofAnother());
            }
            if (underWay < AT_ONCE && turns.underWay < OF_ONE_CLOUD) {
                turns.underWay++;
                underWay++;
                return new Turn(cloud);
            }
            var left = end - System.nanoTime();
            if (left <= 0) {
                return new Admission.Refused(busy(cloud));
            }
            changed.awaitNanos(left);
        }
    }

    private Turns turns(CloudEndpoints cloud) {
        return clouds.computeIfAbsent(cloud, _ -> new Turns());
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Failure busy(CloudEndpoints cloud) {
        return Failure.untried(
                "Microsoft Graph at " + cloud.graph().getAuthority()
                        + " was not asked: other checks are reading the definitions of its permissions, and it keeps"
                        + " them waiting.",
                "The next check comes soon.");
    }
}
