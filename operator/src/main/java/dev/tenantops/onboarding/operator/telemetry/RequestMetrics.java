package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.operator.entra.RequestListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts and times the requests to login and Graph, and tells which of them is dead. */
@Singleton
public class RequestMetrics implements RequestListener {

    /** From an answer nearby to {@code onboarding.verification.request-timeout}. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(5),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30)
    };

    private final MeterRegistry registry;
    private final Map<Tags, AtomicInteger> circuits = new ConcurrentHashMap<>();

    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
        // A rate needs a value before the first one: the first failure would be seen as none.
        for (Kind kind : Kind.values()) {
            throttled(kind);
            for (Outcome outcome : Outcome.values()) {
                timer(kind, outcome);
            }
        }
    }

    @Override
    public void requested(Kind kind, Outcome outcome, Duration duration) {
        timer(kind, outcome).record(duration);
        if (outcome == Outcome.Throttled) {
            throttled(kind).increment();
        }
    }

    @Override
    public void circuit(Service service, URI at, boolean open) {
        circuits.computeIfAbsent(Tags.of("service", service.name(), "host", at.getAuthority()), this::gauge)
                .set(open ? 1 : 0);
    }

    private AtomicInteger gauge(Tags tags) {
        var open = new AtomicInteger();
        Gauge.builder(Metric.DIRECTORY_CIRCUIT_OPEN.series(), open, AtomicInteger::get)
                .description(Metric.DIRECTORY_CIRCUIT_OPEN.help())
                .tags(tags)
                .register(registry);
        return open;
    }

    private Timer timer(Kind kind, Outcome outcome) {
        return Timer.builder(Metric.DIRECTORY_REQUESTS.series())
                .description(Metric.DIRECTORY_REQUESTS.help())
                .tags("operation", kind.name(), "outcome", outcome.name())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter throttled(Kind kind) {
        return Counter.builder(Metric.DIRECTORY_THROTTLED.series())
                .description(Metric.DIRECTORY_THROTTLED.help())
                .tag("operation", kind.name())
                .register(registry);
    }
}
