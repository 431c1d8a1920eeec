package dev.tenantops.onboarding.sandbox.chaos.journal;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is printed of a run: what happens, when, and what must not have happened. Thread-safe. */
public final class Journal {

    private static final int STORY = 12;

    /** More are named, without what was before. */
    private static final int EXPLAINED = 40;

    private final PrintStream out;
    private final long begin = System.nanoTime();
    private final Deque<String> recent = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private int violations;

    public Journal(PrintStream out) {
        this.out = out;
    }

    /** When it began, of {@link System#nanoTime}. */
    public long begin() {
        return begin;
    }

    /** Prints a line. */
    public synchronized void say(String line) {
        String timed = "%7.1f s  %s".formatted((System.nanoTime() - begin) / 1e9, line);
        out.println(timed);
        remember(timed);
    }

    /** Keeps a line for when something is violated. */
    public synchronized void note(String line) {
        remember("%7.1f s  %s".formatted((System.nanoTime() - begin) / 1e9, line));
    }

    private void remember(String line) {
        recent.addLast(line);
        while (recent.size() > STORY) {
            recent.removeFirst();
        }
    }

    /**
     * Something is as it must never be. The same is told once.
     *
     * @param key what it is about
     * @param story what was published before
     */
    public synchronized void violated(String key, String what, List<String> story) {
        if (!known.add(key)) {
            return;
        }
        violations++;
        out.println("%7.1f s  VIOLATION  %s".formatted((System.nanoTime() - begin) / 1e9, what));
        if (violations > EXPLAINED) {
            return;
        }
        story.forEach(it -> out.println("             | " + it));
        out.println("             what happened before:");
        recent.forEach(it -> out.println("             > " + it));
    }

    /** What was violated may be violated anew. */
    public synchronized void forget(String key) {
        known.remove(key);
    }

    public synchronized int violations() {
        return violations;
    }
}
