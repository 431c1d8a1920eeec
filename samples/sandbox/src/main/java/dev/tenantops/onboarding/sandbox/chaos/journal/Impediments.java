package dev.tenantops.onboarding.sandbox.chaos.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When nothing could be expected of the operator: no write could reach the API server, no replica led, or the machine stood
 * still. Times are of {@link System#nanoTime}. Thread-safe.
 */
public final class Impediments {

    private static final long OPEN = Long.MAX_VALUE;

    private final List<Span> spans = new ArrayList<>();

    /** @param allowed how much longer it excuses, once it is over */
    private record Span(long begin, long end, Duration allowed) {

        long until() {
            return end == OPEN ? OPEN : end + allowed.toNanos();
        }
    }

    /**
     * Something begins to be in the way.
     *
     * @param atMost how long it may take at its end until everything is as it would be without it; no longer than it was
     *     in the way itself, since pauses between attempts grow with it
     * @param atLeast the same for the shortest
     * @return ends it
     */
    public synchronized Ending begin(Duration atLeast, Duration atMost) {
        long begin = System.nanoTime();
        Span open = new Span(begin, OPEN, atMost);
        spans.add(open);
        return () -> end(open, atLeast);
    }

    private synchronized void end(Span open, Duration atLeast) {
        if (spans.remove(open)) {
            long end = System.nanoTime();
            Duration lasted =
                    Duration.ofNanos(end - open.begin()).multipliedBy(3).dividedBy(2);
            Duration allowed = lasted.compareTo(open.allowed()) < 0 ? lasted : open.allowed();
            spans.add(new Span(open.begin(), end, allowed.compareTo(atLeast) < 0 ? atLeast : allowed));
        }
    }

    /** Something was in the way. */
    public synchronized void add(long begin, long end, Duration allowed) {
        spans.add(new Span(begin, end, allowed));
    }

    /** What was in the way of either. */
    public Impediments and(Impediments other) {
        var both = new Impediments();
        both.spans.addAll(spans());
        both.spans.addAll(other.spans());
        return both;
    }

    private synchronized List<Span> spans() {
        return List.copyOf(spans);
    }

    /** How much of a time nothing was in the way. */
    public synchronized Duration unimpeded(long from, long to) {
        if (to <= from) {
            return Duration.ZERO;
        }
        List<Span> sorted = spans.stream()
                .filter(it -> it.until() > from && it.begin() < to)
                .sorted((one, other) -> Long.compare(one.begin(), other.begin()))
                .toList();
        long free = 0;
        long at = from;
        for (Span span : sorted) {
            if (span.begin() > at) {
                free += span.begin() - at;
            }
            at = Math.max(at, Math.min(span.until(), to));
        }
        return Duration.ofNanos(free + Math.max(0, to - at));
    }

    /** Whether anything was in the way at any moment of a time. */
    public synchronized boolean any(long from, long to) {
        return spans.stream().anyMatch(it -> it.until() > from && it.begin() < to);
    }
}
