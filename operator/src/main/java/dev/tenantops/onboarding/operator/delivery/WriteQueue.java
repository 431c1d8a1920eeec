package dev.tenantops.onboarding.operator.delivery;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What waits to be written: for each object the latest only. What withdraws a green goes before everything else. What was
 * refused waits longer and longer, up to a limit, and is never given up.
 *
 * @param <V> what is to be written for an object
 */
public final class WriteQueue<V> {

    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_CLOSURE = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 10;

    private final LongSupplier nanoTime;
    private final LongSupplier jitter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<ObjectKey, Entry<V>> entries = new HashMap<>();
    private final TreeSet<Entry<V>> ready = new TreeSet<>(
            Comparator.<Entry<V>>comparingInt(it -> it.urgent ? 0 : 1).thenComparingLong(it -> it.number));
    private final TreeSet<Entry<V>> delayed =
            new TreeSet<>(Comparator.<Entry<V>>comparingLong(it -> it.notBefore).thenComparingLong(it -> it.number));
    private long numbers;
    private boolean open = true;

    // While the server cannot serve anybody, one write at a time finds out whether it can again.
    private int overloads;
    private long closedUntil;
    private int underWay;

    /** @param jitter a random number from 0 to 999 */
    WriteQueue(LongSupplier nanoTime, LongSupplier jitter) {
        this.nanoTime = nanoTime;
        this.jitter = jitter;
    }

    /** One object's turn. */
    record Turn<V>(ObjectKey key, V value) {}

    /**
     * What waits.
     *
     * @param objects how many objects
     * @param refused how many of them were refused for longer than a minute
     * @param longest for how long the one has been refused that was refused longest
     */
    public record Waiting(int objects, int refused, Duration longest) {}

    /** Puts the latest in the place of whatever waits for the object. */
    void offer(ObjectKey key, V value, boolean urgent) {
        locked(() -> {
            var entry = entries.get(key);
            if (entry == null) {
                entry = new Entry<>(key, numbers++);
                entries.put(key, entry);
            } else if (!entry.underWay) {
                ready.remove(entry);
                delayed.remove(entry);
            }
            entry.value = value;
            entry.urgent |= urgent;
            entry.renewed = entry.underWay;
            if (!entry.underWay) {
                // It may be accepted, whatever happened to the one before.
                ready.add(entry);
            }
        });
    }

    /** Offers unless something newer waits, which then is urgent too. */
    void offerUnlessWaiting(ObjectKey key, V value) {
        locked(() -> {
            var entry = entries.get(key);
            if (entry == null) {
                offer(key, value, true);
            } else if (!entry.urgent) {
                var waits = ready.remove(entry);
                entry.urgent = true;
                if (waits) {
                    ready.add(entry);
                }
            }
        });
    }

    boolean waitsFor(ObjectKey key) {
        lock.lock();
        try {
            return entries.containsKey(key);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a turn; empty once the queue is closed and nothing is ready any more. */
    Optional<Turn<V>> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                var pause = pause();
                if (pause.filter(it -> it <= 0).isPresent()) {
                    var entry = ready.pollFirst();
                    entry.underWay = true;
                    entry.renewed = false;
                    underWay++;
                    return Optional.of(new Turn<>(entry.key, entry.value));
                }
                if (!open && (ready.isEmpty() || overloads > 0)) {
                    return Optional.empty();
                }
                if (pause.isPresent()) {
                    changed.awaitNanos(Math.max(pause.get(), TimeUnit.MILLISECONDS.toNanos(1)));
                } else {
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether as many objects wait as a number says, for whatever reason. */
    boolean isCrowded(int objects) {
        lock.lock();
        try {
            return entries.size() >= objects;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until fewer objects can be written than a number says. For a server that serves nobody, and for those that it
     * refused, nobody waits: both may last.
     */
    void awaitRoom(int objects) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open && overloads == 0 && ready.size() + underWay >= objects) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** How long it takes until something is to be had, if nothing happens before; empty for nothing. */
    Optional<Duration> untilNext() {
        lock.lock();
        try {
            return pause().map(Duration::ofNanos);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Long> pause() {
        var now = nanoTime.getAsLong();
        while (!delayed.isEmpty() && delayed.first().notBefore - now <= 0) {
            ready.add(delayed.pollFirst());
        }
        if (overloads > 0 && underWay > 0) {
            return Optional.empty();
        }
        var ofServer = overloads == 0 ? 0 : closedUntil - now;
        if (!ready.isEmpty()) {
            return Optional.of(ofServer);
        }
        return delayed.isEmpty() ? Optional.empty() : Optional.of(Math.max(ofServer, delayed.first().notBefore - now));
    }

    /** The turn is over, and nothing is left to do for what it was about. */
    void settle(Turn<V> turn) {
        locked(() -> {
            underWay--;
            overloads = 0;
            reopened();
            var entry = entries.get(turn.key());
            entry.underWay = false;
            entry.refusals = 0;
            entry.refusedSince = Optional.empty();
            if (entry.renewed) {
                ready.add(entry);
            } else {
                entries.remove(turn.key());
            }
        });
    }

    /**
     * The turn is over, and is to be had again.
     *
     * @param later what is had then, unless something newer has come
     * @param overloaded whether the server can serve nobody
     * @return for how long the object has been refused
     */
    Duration refuse(Turn<V> turn, V later, Optional<Duration> retryAfter, boolean overloaded) {
        lock.lock();
        try {
            underWay--;
            var now = nanoTime.getAsLong();
            if (overloaded) {
                closedUntil = now
                        + shorter(
                                        retryAfter.orElse(pause(overloads)),
                                        retryAfter.isPresent() ? LONGEST_PAUSE : LONGEST_CLOSURE)
                                .toNanos();
                overloads++;
            } else {
                overloads = 0;
                reopened();
            }
            var entry = entries.get(turn.key());
            entry.underWay = false;
            entry.overloaded = overloaded;
            entry.notBefore = now
                    + shorter(retryAfter.orElse(pause(entry.refusals)), LONGEST_PAUSE)
                            .toNanos();
            entry.refusals++;
            if (entry.refusedSince.isEmpty()) {
                entry.refusedSince = Optional.of(now);
            }
            if (entry.renewed) {
                ready.add(entry);
            } else {
                entry.value = later;
                delayed.add(entry);
            }
            changed.signalAll();
            return Duration.ofNanos(now - entry.refusedSince.get());
        } finally {
            lock.unlock();
        }
    }

    Waiting waiting() {
        lock.lock();
        try {
            var now = nanoTime.getAsLong();
            var longest = Duration.ZERO;
            var refused = 0;
            for (Entry<V> entry : entries.values()) {
                var since =
                        entry.refusedSince.map(it -> Duration.ofNanos(now - it)).orElse(Duration.ZERO);
                longest = since.compareTo(longest) > 0 ? since : longest;
                refused += since.compareTo(LONGEST_PAUSE) > 0 ? 1 : 0;
            }
            return new Waiting(entries.size(), refused, longest);
        } finally {
            lock.unlock();
        }
    }

    /** Whoever takes gets what is ready, and then nothing. */
    void close() {
        locked(() -> open = false);
    }

    /** Takes the pauses away from those who only waited for the server, since it serves again. */
    private void reopened() {
        Predicate<Entry<V>> waited = it -> it.overloaded;
        delayed.stream().filter(waited).forEach(ready::add);
        delayed.removeIf(waited);
        ready.forEach(it -> it.overloaded = false);
    }

    private Duration pause(int refusals) {
        var full = FIRST_PAUSE.multipliedBy(1L << Math.min(refusals, MOST_DOUBLINGS));
        var capped = shorter(full, LONGEST_PAUSE);
        return capped.dividedBy(2)
                .plus(capped.dividedBy(2).multipliedBy(jitter.getAsLong()).dividedBy(1000));
    }

    private static Duration shorter(Duration first, Duration second) {
        return first.compareTo(second) < 0 ? first : second;
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

    private static final class Entry<V> {

        private final ObjectKey key;
        private final long number;
        private V value;
        private boolean urgent;
        private boolean underWay;
        private boolean renewed;
        private boolean overloaded;
        private int refusals;
        private long notBefore;
        private Optional<Long> refusedSince = Optional.empty();

        Entry(ObjectKey key, long number) {
            this.key = key;
            this.number = number;
        }
    }
}
