package dev.tenantops.onboarding.operator.endpoints;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Runs rounds of probes in the thread of the check, in a time that passes when it is told to. */
public final class VirtualRounds implements RoundExecutor {

    private final InstantSource source;
    private final List<Duration> postponed = new ArrayList<>();
    private final List<Runnable> tasks = new ArrayList<>();

    /** @param source whose passing of time is that of the rounds */
    public VirtualRounds(InstantSource source) {
        this.source = source;
    }

    @Override
    public long nanos() {
        return ChronoUnit.NANOS.between(Instant.EPOCH, source.instant());
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    /** Keeps it until {@link #runPostponed()}, which needs not come: the next check does the same. */
    @Override
    public void executeAfter(Duration delay, Runnable task) {
        postponed.add(delay);
        tasks.add(task);
    }

    /** How long each task is postponed that waits. */
    List<Duration> postponed() {
        return List.copyOf(postponed);
    }

    void runPostponed() {
        var due = List.copyOf(tasks);
        tasks.clear();
        postponed.clear();
        due.forEach(Runnable::run);
    }
}
