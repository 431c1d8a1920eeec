package dev.tenantops.onboarding.operator.delivery;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The objects that were written or found in a version which a cache did not show then: what is judged next has to be that
 * version.
 *
 * @param <R> their kind
 */
final class NewerObjects<R extends HasMetadata> {

    private final LongSupplier nanoTime;
    private final Map<ObjectKey, Seen<R>> newest = new ConcurrentHashMap<>();
    private volatile long lastStored;
    private volatile long lastTrouble;

    private record Seen<R>(R object, long at) {}

    NewerObjects(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.lastStored = nanoTime.getAsLong();
        this.lastTrouble = lastStored;
    }

    /** An object as it was last written or found, where a cache does not show that yet. */
    R latest(R cached) {
        var key = ObjectKey.of(cached);
        var seen = newest.get(key);
        if (seen == null) {
            return cached;
        }
        if (isNewer(seen.object(), cached)) {
            return seen.object();
        }
        newest.remove(key, seen);
        return cached;
    }

    void stored(R object) {
        lastStored = nanoTime.getAsLong();
        newest.put(ObjectKey.of(object), new Seen<>(object, lastStored));
    }

    void found(R object, R known) {
        if (isNewer(object, known)) {
            newest.put(ObjectKey.of(object), new Seen<>(object, nanoTime.getAsLong()));
        }
    }

    /** The API server did not do what it was asked to, so a watch may have its troubles too. */
    void trouble() {
        lastTrouble = nanoTime.getAsLong();
    }

    /** For how long the cache has not shown what is stored, although other writes went well since. */
    Duration unseen() {
        return newest.values().stream()
                .map(it -> Duration.ofNanos(lastStored - (it.at() - lastTrouble > 0 ? it.at() : lastTrouble)))
                .filter(Duration::isPositive)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    void forget(ObjectKey key) {
        newest.remove(key);
    }

    void retain(Set<ObjectKey> known) {
        newest.keySet().retainAll(known);
    }

    /** Whether it is a later version of the same object. Resource versions that are no numbers cannot be compared. */
    static boolean isNewer(HasMetadata object, HasMetadata than) {
        try {
            return Objects.equals(
                            object.getMetadata().getUid(), than.getMetadata().getUid())
                    && Long.parseUnsignedLong(object.getMetadata().getResourceVersion())
                            > Long.parseUnsignedLong(than.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return false;
        }
    }
}
