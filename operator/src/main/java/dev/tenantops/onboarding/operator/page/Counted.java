package dev.tenantops.onboarding.operator.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many are there at once, by several keys, each with a limit. */
final class Counted {

    private final Map<String, Integer> counts = new HashMap<>();

    /** @param most how many of this name there may be */
    record Key(String name, int most) {}

    synchronized boolean hasRoom(List<Key> keys) {
        return keys.stream().allMatch(it -> counts.getOrDefault(it.name(), 0) < it.most());
    }

    /** Counts one more under each of the keys, or under none where one has no room. */
    synchronized boolean enter(List<Key> keys) {
        if (!hasRoom(keys)) {
            return false;
        }
        keys.forEach(it -> counts.merge(it.name(), 1, Integer::sum));
        return true;
    }

    synchronized void leave(List<Key> keys) {
        keys.forEach(it -> counts.computeIfPresent(it.name(), (_, count) -> count > 1 ? count - 1 : null));
    }
}
