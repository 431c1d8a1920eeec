package dev.tenantops.onboarding.operator.delivery;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Does what must be done whatever checks do: a few rounds at fixed times, on a thread of its own, which waits for nobody. A
 * round that fails is logged and done again.
 */
public final class Keeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Keeper.class);

    private final List<Round> rounds;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("keeper").factory());
    private volatile long lastTick = System.nanoTime();

    /**
     * Something to do again and again. It must not block.
     *
     * @param every the time from the end of one to the beginning of the next
     */
    public record Round(Duration every, Runnable task) {}

    public Keeper(List<Round> rounds) {
        this.rounds = List.copyOf(rounds);
    }

    /** Begins with one of each. */
    public void start() {
        rounds.forEach(it -> executor.scheduleWithFixedDelay(
                () -> run(it.task()), 0, it.every().toMillis(), TimeUnit.MILLISECONDS));
    }

    /** How long ago something was done. */
    public Duration lastTick() {
        return Duration.ofNanos(System.nanoTime() - lastTick);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.errorf(e, "A round of the keeper failed; it is done again");
        } finally {
            lastTick = System.nanoTime();
        }
    }
}
