package dev.tenantops.onboarding.sandbox.chaos.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What was published of one onboarding, from its creation to its end. Thread-safe. */
final class Observed {

    private static final int KEPT = 12;

    private final Deque<StoredStatus> versions = new ArrayDeque<>();
    private final Map<String, List<Long>> transitions = new TreeMap<>();
    private final List<Transition> readyTransitions = new ArrayList<>();
    private final Map<String, List<Told>> told = new TreeMap<>();
    private final Set<String> everGranted = new HashSet<>();
    private boolean gone;

    /** An Event that was written. */
    record Told(long at, String name, String note) {}

    /** The summary changed. */
    record Transition(long at, String reason) {}

    /** The API server stored another version. */
    synchronized void stored(StoredStatus version) {
        Map<String, StoredStatus.Condition> before =
                versions.isEmpty() ? Map.of() : versions.getLast().conditions();
        Set<String> reasons = new HashSet<>();
        version.conditions().forEach((type, condition) -> {
            if (!condition.equals(before.get(type))) {
                reasons.add(condition.reason());
                if (type.equals("Ready")) {
                    readyTransitions.add(new Transition(version.at(), condition.reason()));
                }
            }
        });
        reasons.forEach(
                it -> transitions.computeIfAbsent(it, _ -> new ArrayList<>()).add(version.at()));
        version.applications().forEach((name, state) -> {
            if (state.equals("Granted")) {
                everGranted.add(name);
            } else if (state.equals("NoLongerLicensed")) {
                everGranted.remove(name);
            }
        });
        versions.addLast(version);
        while (versions.size() > KEPT) {
            versions.removeFirst();
        }
    }

    /** An Event speaks of it. */
    synchronized void told(String reason, Told event) {
        List<Told> events = told.computeIfAbsent(reason, _ -> new ArrayList<>());
        if (events.stream().noneMatch(it -> it.name().equals(event.name()))) {
            events.add(event);
        }
    }

    synchronized void gone() {
        gone = true;
    }

    synchronized boolean isGone() {
        return gone;
    }

    synchronized StoredStatus latest() {
        return versions.getLast();
    }

    synchronized boolean known() {
        return !versions.isEmpty();
    }

    /** Whether a status has called this application granted since it was last licensed. */
    synchronized boolean everGranted(String application) {
        return everGranted.contains(application);
    }

    /**
     * Reasons of which there are more Events than transitions.
     *
     * @param until later Events do not count yet, as their statuses may not have been seen
     */
    synchronized List<String> toldTooOften(long until) {
        List<String> wrong = new ArrayList<>();
        told.forEach((reason, events) -> {
            int stored = transitions.getOrDefault(reason, List.of()).size();
            long often = events.stream().filter(it -> it.at() < until).count();
            if (often > stored) {
                wrong.add("%s is told %d times, and %d statuses changed to it".formatted(reason, often, stored));
            }
        });
        return wrong;
    }

    /** How the summary changed. */
    synchronized List<Transition> readyTransitions() {
        return List.copyOf(readyTransitions);
    }

    /** Whether an Event of this reason came in a time. */
    synchronized boolean told(String reason, long from, long to) {
        return told.getOrDefault(reason, List.of()).stream().anyMatch(it -> it.at() >= from && it.at() <= to);
    }

    /** The last versions and Events, in lines. */
    synchronized List<String> story(long begin) {
        Map<Long, String> lines = new TreeMap<>();
        versions.forEach(it -> lines.put(it.at(), it.summary()));
        told.forEach((reason, events) -> events.stream()
                .filter(it -> it.at() >= versions.getFirst().at())
                .forEach(it -> lines.put(it.at(), "Event %s: %.160s".formatted(reason, it.note()))));
        List<String> story = new ArrayList<>();
        lines.forEach((at, line) -> story.add("%7.1f s  %s".formatted((at - begin) / 1e9, line)));
        return story;
    }
}
