package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.delivery.DeliveryListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.Stream;

/** Counts and times checks, and counts the statuses that were written. */
@Singleton
public class DeliveryMetrics implements DeliveryListener {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofMinutes(2)
    };

    private final MeterRegistry registry;

    public DeliveryMetrics(MeterRegistry registry) {
        this.registry = registry;
        // A rate needs a value before the first one: the first failure would be seen as none.
        Stream.of(TenantOnboarding.class, ApplicationCatalog.class)
                .map(Class::getSimpleName)
                .forEach(kind -> Stream.of(true, false).forEach(bad -> {
                    timer(kind, bad);
                    counter(kind, bad);
                }));
    }

    @Override
    public void checked(String kind, boolean failed, Duration took) {
        timer(kind, failed).record(took);
    }

    @Override
    public void written(String kind, boolean refused) {
        counter(kind, refused).increment();
    }

    private Timer timer(String kind, boolean failed) {
        return Timer.builder(Metric.CHECKS.series())
                .description(Metric.CHECKS.help())
                .tags("kind", kind, "outcome", failed ? "Failed" : "Succeeded")
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private Counter counter(String kind, boolean refused) {
        return Counter.builder(Metric.STATUS_WRITES.series())
                .description(Metric.STATUS_WRITES.help())
                .tags("kind", kind, "outcome", refused ? "Refused" : "Stored")
                .register(registry);
    }
}
