package dev.tenantops.onboarding.sandbox.chaos.machine;

import dev.tenantops.onboarding.sandbox.chaos.journal.Journal;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks after the replicas, as a node's kubelet does. */
public final class Kubelet implements AutoCloseable {

    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** As in the chart, with its defaults. */
    private static final Duration PROBES = Duration.ofSeconds(10);

    private static final int FAILURES = 3;
    private static final Duration START = Duration.ofSeconds(60);

    private final Replicas replicas;
    private final Journal journal;
    private long probed = System.nanoTime();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("kubelet").daemon().factory());

    public Kubelet(Replicas replicas, Journal journal) {
        this.replicas = replicas;
        this.journal = journal;
        looking.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            replicas.tend();
            if (System.nanoTime() - probed > PROBES.toNanos()) {
                probed = System.nanoTime();
                replicas.all().forEach(this::probe);
            }
        } catch (RuntimeException e) {
            journal.say("a replica cannot be looked after: " + e);
        }
    }

    private void probe(Replica replica) {
        boolean due =
                replica.running() && !replica.frozen() && System.nanoTime() - replica.startedAt() > START.toNanos();
        if (!due) {
            return;
        }
        if (replica.lives(replica.process().lives()) >= FAILURES) {
            journal.say("%s does not live: it is ended".formatted(replica.pod()));
            replica.kill();
        }
    }

    @Override
    public void close() {
        looking.shutdown();
        try {
            looking.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
