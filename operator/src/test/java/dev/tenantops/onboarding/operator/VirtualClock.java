package dev.tenantops.onboarding.operator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/** Time that passes when it is told to. */
public final class VirtualClock extends Clock {

    private Instant now;
    private Duration stepped = Duration.ZERO;

    public VirtualClock(Instant start) {
        this.now = start;
    }

    public synchronized void set(Instant to) {
        now = to;
    }

    public synchronized void advance(Duration time) {
        now = now.plus(time);
    }

    /** Somebody sets the time of day, while no time passes. */
    public synchronized void step(Duration by) {
        now = now.plus(by);
        stepped = stepped.plus(by);
    }

    /** The time that has passed, which only grows, as {@link System#nanoTime()} has it. */
    public synchronized long nanos() {
        Instant passed = now.minus(stepped);
        return TimeUnit.SECONDS.toNanos(passed.getEpochSecond()) + passed.getNano();
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        InstantSource source = this::instant;
        return source.withZone(zone);
    }
}
