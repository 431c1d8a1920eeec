package dev.tenantops.onboarding.operator.delivery;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * When each object is looked at next. An object that is known has a due time or is being looked at, whatever happened to it
 * before. No two looks at one object are under way at once, or follow each other without a pause.
 *
 * <p>Namespaces take turns. One of several never has more than half of the turns that the others leave, so that what hangs
 * in one of them does not keep the others waiting.
 *
 * <p>Neither the Java Operator SDK nor the Kubernetes client has such a queue: the SDK's timers are lost with an exception
 * too many, and its executor knows no namespaces.
 */
public final class CheckSchedule {

    private static final Comparator<Entry> BY_DUE = (first, second) -> {
        var order = Long.signum(first.due - second.due);
        return order != 0 ? order : first.key.toString().compareTo(second.key.toString());
    };

    private final LongSupplier nanoTime;
    private final int atOnce;
    private final Duration distance;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<ObjectKey, Entry> entries = new HashMap<>();
    private final TreeSet<Entry> waiting = new TreeSet<>(BY_DUE);

    /** In the order in which they take turns. */
    private final Map<String, Lane> lanes = new LinkedHashMap<>();

    private int underWay;
    private boolean open;

    /**
     * @param atOnce how many looks are under way at most
     * @param distance the least time from the beginning of one look at an object to the beginning of the next
     */
    public CheckSchedule(int atOnce, Duration distance) {
        this(atOnce, distance, System::nanoTime);
    }

    CheckSchedule(int atOnce, Duration distance, LongSupplier nanoTime) {
        this.atOnce = atOnce;
        this.distance = distance;
        this.nanoTime = nanoTime;
    }

    /** Has an object looked at as soon as possible, also if it is being looked at now. Without effect before the start. */
    public void request(ObjectKey key) {
        locked(() -> {
            if (!open) {
                return;
            }
            var entry = entries.computeIfAbsent(key, it -> new Entry(it, nanoTime.getAsLong()));
            if (entry.underWay) {
                entry.again = true;
            } else {
                due(entry, nanoTime.getAsLong());
            }
        });
    }

    /**
     * Takes note of an object. One that was not known before, or whose spec is another than that which was last looked at,
     * is looked at: so nothing is forgotten whose change nobody reported.
     *
     * @param first how long one that was not known before may wait
     */
    public void know(ObjectKey key, String uid, long generation, Supplier<Duration> first) {
        locked(() -> {
            if (!open) {
                return;
            }
            var entry = entries.get(key);
            if (entry == null) {
                entry = new Entry(key, 0);
                entries.put(key, entry);
                entry.uid = uid;
                entry.generation = generation;
                due(entry, nanoTime.getAsLong() + first.get().toNanos());
            } else if (!entry.underWay && !(Objects.equals(entry.uid, uid) && entry.generation == generation)) {
                entry.uid = uid;
                entry.generation = generation;
                due(entry, nanoTime.getAsLong());
            }
        });
    }

    /** Forgets all objects but these. */
    public void retain(Set<ObjectKey> known) {
        locked(() -> {
            entries.values().removeIf(it -> {
                if (it.underWay || known.contains(it.key)) {
                    return false;
                }
                waiting.remove(it);
                lane(it).ready.remove(it);
                return true;
            });
            lanes.keySet()
                    .retainAll(
                            entries.keySet().stream().map(ObjectKey::namespace).collect(Collectors.toSet()));
        });
    }

    /** Waits until an object may be looked at, whose turn then begins; empty once the schedule is closed. */
    Optional<ObjectKey> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open) {
                var now = nanoTime.getAsLong();
                var next = next(now);
                if (next.isPresent()) {
                    begin(next.get(), now);
                    return Optional.of(next.get().key);
                }
                if (waiting.isEmpty()) {
                    changed.await();
                } else {
                    changed.awaitNanos(Math.max(waiting.first().due - now, TimeUnit.MILLISECONDS.toNanos(1)));
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Says what is being looked at. */
    public void looksAt(ObjectKey key, String uid, long generation) {
        locked(() -> {
            Optional.ofNullable(entries.get(key)).ifPresent(it -> {
                it.uid = uid;
                it.generation = generation;
            });
        });
    }

    /** A look came to its end, one way or the other. */
    void done(ObjectKey key, Duration next) {
        locked(() -> {
            var entry = entries.get(key);
            end(entry);
            var now = nanoTime.getAsLong();
            due(entry, entry.again ? now : now + next.toNanos());
            entry.again = false;
        });
    }

    /** There is no such object any more. */
    void gone(ObjectKey key) {
        locked(() -> {
            var entry = entries.get(key);
            end(entry);
            if (entry.again) {
                entry.again = false;
                due(entry, nanoTime.getAsLong());
            } else {
                entries.remove(key);
            }
        });
    }

    /** For how long an object has been due, or is being looked at; negative while it is not due; empty if unknown. */
    public Optional<Duration> overdue(ObjectKey key) {
        lock.lock();
        try {
            return Optional.ofNullable(entries.get(key)).map(it -> Duration.ofNanos(nanoTime.getAsLong() - it.due));
        } finally {
            lock.unlock();
        }
    }

    /** How many objects are known. */
    public int size() {
        lock.lock();
        try {
            return entries.size();
        } finally {
            lock.unlock();
        }
    }

    void open() {
        locked(() -> open = true);
    }

    void close() {
        locked(() -> open = false);
    }

    /** Whether something may be looked at now. */
    boolean isDue() {
        lock.lock();
        try {
            return next(nanoTime.getAsLong()).isPresent();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Entry> next(long now) {
        while (!waiting.isEmpty() && waiting.first().due - now <= 0) {
            var entry = waiting.pollFirst();
            lane(entry).ready.add(entry);
        }
        if (underWay >= atOnce) {
            return Optional.empty();
        }
        for (Lane lane : lanes.values()) {
            if (!lane.ready.isEmpty() && mayGo(lane)) {
                return Optional.of(lane.ready.first());
            }
        }
        return Optional.empty();
    }

    private boolean mayGo(Lane lane) {
        return lanes.size() == 1
                || lane.underWay == 0
                || 2 * (lane.underWay + 1) <= atOnce - (underWay - lane.underWay);
    }

    private void begin(Entry entry, long now) {
        var lane = lane(entry);
        lane.ready.remove(entry);
        lane.underWay++;
        underWay++;
        entry.underWay = true;
        entry.again = false;
        entry.earliest = Optional.of(now + distance.toNanos());
        // Whoever had a turn waits until the others have had theirs.
        lanes.remove(entry.key.namespace());
        lanes.put(entry.key.namespace(), lane);
    }

    private void end(Entry entry) {
        entry.underWay = false;
        lane(entry).underWay--;
        underWay--;
    }

    private void due(Entry entry, long wanted) {
        waiting.remove(entry);
        // What is due already keeps its place.
        var queued = lane(entry).ready.contains(entry);
        if (!queued) {
            entry.due = entry.earliest.filter(it -> it - wanted > 0).orElse(wanted);
            waiting.add(entry);
        }
    }

    private Lane lane(Entry entry) {
        return lanes.computeIfAbsent(entry.key.namespace(), _ -> new Lane());
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

    /** What is due in one namespace. */
    private static final class Lane {

        private final TreeSet<Entry> ready = new TreeSet<>(BY_DUE);
        private int underWay;
    }

    private static final class Entry {

        private final ObjectKey key;
        private String uid = "";
        private long generation;
        private long due;
        private boolean underWay;
        private boolean again;
        private Optional<Long> earliest = Optional.empty();

        Entry(ObjectKey key, long due) {
            this.key = key;
            this.due = due;
        }
    }
}
