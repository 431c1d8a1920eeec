package dev.tenantops.onboarding.operator.verdict;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Times of the past of one application, each by its name: none can be taken for another. */
public record MemoryTimes(Map<Time, Instant> known) {

    /** Nothing is known. */
    public static final MemoryTimes NONE = new MemoryTimes(Map.of());

    /** What happened at a time. */
    public enum Time {
        /** A time at which the last verdict was still found true. */
        LastVerified,
        /** Since when everything is granted, else when it was last seen so. */
        LastGranted,
        /** When a granted permission was first not found, while a second reading has yet to confirm its loss. */
        Vanished,
        /** When the last of the losses was first read. */
        FirstMissing,
        /** When a missing permission was last found granted while others stayed missing. */
        Appeared,
        /** When a browser last came back from the consent page: a hint only. */
        ConsentReturned
    }

    public MemoryTimes {
        var copy = new EnumMap<Time, Instant>(Time.class);
        copy.putAll(known);
        known = Collections.unmodifiableMap(copy);
    }

    /** @param at tells of each time when it was, if that is known */
    public static MemoryTimes of(Function<Time, Optional<Instant>> at) {
        var known = new EnumMap<Time, Instant>(Time.class);
        for (Time time : Time.values()) {
            at.apply(time).ifPresent(it -> known.put(time, it));
        }
        return new MemoryTimes(known);
    }

    /** When it was, if that is known. */
    public Optional<Instant> at(Time time) {
        return Optional.ofNullable(known.get(time));
    }

    /** The same but for one time. */
    MemoryTimes with(Time time, Optional<Instant> at) {
        return of(it -> it == time ? at : at(it));
    }
}
