package dev.tenantops.onboarding.operator.delivery;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Looks at objects when their schedule says so, each in a virtual thread, since a look waits for other machines most of the
 * time. Whatever becomes of a look, the next one is scheduled.
 */
public final class CheckLoop {

    private static final Logger LOG = Logger.getLogger(CheckLoop.class);

    private static final Duration AFTER_ANOTHER_FAILURE = Duration.ofMinutes(1);

    private final String kind;
    private final CheckSchedule schedule;
    private final Check check;
    private final Duration longest;
    private final Room room;
    private final DeliveryListener listener;
    private final Map<ObjectKey, UnderWay> underWay = new ConcurrentHashMap<>();
    private volatile Thread dispatcher;

    private record UnderWay(Thread thread, long since) {}

    /** Looks at one object. */
    public interface Check {

        /**
         * Looks, and has written what there is to write.
         *
         * @return when to look again; empty if there is no such object
         * @throws Exception for what is the operator's fault
         */
        Optional<Duration> look(ObjectKey key) throws Exception;

        /**
         * Has written that a look failed.
         *
         * @return when to look again
         */
        Duration failed(ObjectKey key, Throwable failure);
    }

    /** Room for what comes of a look. */
    @FunctionalInterface
    public interface Room {

        Room ENOUGH = () -> {};

        void await() throws InterruptedException;
    }

    /**
     * @param longest after which time a look is taken for hung, and is interrupted
     * @param room is waited for before each look
     */
    public CheckLoop(
            Class<?> kind,
            CheckSchedule schedule,
            Check check,
            Duration longest,
            Room room,
            DeliveryListener listener) {
        this.room = room;
        this.kind = kind.getSimpleName();
        this.listener = listener;
        this.schedule = schedule;
        this.check = check;
        this.longest = longest;
    }

    /** Begins. Whatever was asked for before is not done: the schedule has to be told anew what there is. */
    public void start() {
        schedule.open();
        dispatcher = Thread.ofPlatform().daemon().name("checks-of-" + kind).start(this::dispatch);
    }

    /** No look begins any more. */
    public void stop() {
        schedule.close();
    }

    /** Whether all looks have ended within this time. */
    public boolean ended(Duration limit) throws InterruptedException {
        var deadline = System.nanoTime() + limit.toNanos();
        for (UnderWay look : underWay.values()) {
            if (!look.thread().join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    /** Whether looks begin when they are due. */
    public boolean isAlive() {
        return dispatcher != null && dispatcher.isAlive();
    }

    /** Ends looks that hang; their objects' next looks are scheduled thereby. */
    public void interruptHung() {
        var now = System.nanoTime();
        underWay.forEach((key, look) -> {
            if (now - look.since() > longest.toNanos()) {
                LOG.warnf("The check of %s has not ended for %d s, and is interrupted", key, longest.toSeconds());
                look.thread().interrupt();
            }
        });
    }

    private void dispatch() {
        try {
            room.await();
            var next = schedule.take();
            while (next.isPresent()) {
                var key = next.get();
                var look =
                        Thread.ofVirtual().name("check-of-" + kind + "-" + key).unstarted(() -> look(key));
                underWay.put(key, new UnderWay(look, System.nanoTime()));
                look.start();
                room.await();
                next = schedule.take();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(ObjectKey key) {
        var next = Optional.of(longest);
        var begun = System.nanoTime();
        var failed = true;
        try {
            next = check.look(key);
            failed = false;
        } catch (Throwable failure) {
            next = Optional.of(failed(key, failure));
        } finally {
            underWay.remove(key);
            listener.checked(kind, failed, Duration.ofNanos(System.nanoTime() - begun));
            next.ifPresentOrElse(it -> schedule.done(key, it), () -> schedule.gone(key));
        }
    }

    private Duration failed(ObjectKey key, Throwable failure) {
        try {
            return check.failed(key, failure);
        } catch (RuntimeException | Error another) {
            LOG.errorf(another, "That the check of %s failed could not be said", key);
            return AFTER_ANOTHER_FAILURE;
        }
    }
}
