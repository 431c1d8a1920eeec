package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.Permission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The truth through time. */
final class Timeline {

    private final List<Entry> entries = new ArrayList<>();

    /** What is true from a moment on. */
    record Entry(Instant since, Facts facts) {}

    void record(Instant now, Facts facts) {
        entries.add(new Entry(now, facts));
    }

    Facts now() {
        return entries.getLast().facts();
    }

    /** All that was true at some time in between, both ends included. */
    Stream<Facts> between(Instant from, Instant to) {
        return entriesBetween(from, to).map(Entry::facts);
    }

    private Stream<Entry> entriesBetween(Instant from, Instant to) {
        var first = 0;
        for (var index = 0; index < entries.size(); index++) {
            if (!entries.get(index).since().isAfter(from)) {
                first = index;
            }
        }
        return entries.subList(first, entries.size()).stream()
                .filter(it -> !it.since().isAfter(to));
    }

    /** Whether what the function takes of the facts changed in between, the beginning excluded. */
    boolean changed(Instant from, Instant to, Function<Facts, ?> of) {
        return between(from, to).map(of).distinct().count() > 1;
    }

    /**
     * Whether the verifier could read at some time in between: it had the consent and the rights then, and a secret that was
     * right at that time, or so short a time before that a replica which is behind still took it.
     */
    boolean verifierRead(Instant from, Instant to, Duration credentialLag) {
        return entriesBetween(from, to)
                .filter(it -> it.facts().verifierMayRead())
                .map(it -> it.since().isBefore(from) ? from : it.since())
                .anyMatch(at -> between(at.minus(credentialLag), at).anyMatch(Facts::secretStored));
    }

    /** Whether the tenant took this permission from the application in between. */
    boolean lost(String name, Permission permission, Instant from, Instant to) {
        var held = between(from, to).map(it -> it.holds(name, permission)).toList();
        for (var index = 1; index < held.size(); index++) {
            if (held.get(index - 1) && !held.get(index)) {
                return true;
            }
        }
        return false;
    }
}
