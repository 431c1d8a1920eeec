package dev.tenantops.onboarding.sandbox.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;

/** Takes the same measurement again and again until it is closed. */
final class Sampler implements AutoCloseable {

    private final Duration pause;
    private final DoubleSupplier measurement;
    private final List<Double> samples = Collections.synchronizedList(new ArrayList<>());
    private volatile boolean closed;

    private Sampler(Duration pause, DoubleSupplier measurement) {
        this.pause = pause;
        this.measurement = measurement;
    }

    static Sampler start(HarnessThreads threads, String name, Duration pause, DoubleSupplier measurement) {
        Sampler sampler = new Sampler(pause, measurement);
        threads.start(name, sampler::run);
        return sampler;
    }

    List<Double> samples() {
        synchronized (samples) {
            return List.copyOf(samples);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void run() {
        while (!closed) {
            double sample;
            try {
                sample = measurement.getAsDouble();
            } catch (RuntimeException e) {
                if (closed) {
                    return;
                }
                throw e;
            }
            samples.add(sample);
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}
