package dev.tenantops.onboarding.operator.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Makes the operator SDK's metrics fit Prometheus, which wants the same tags on all meters of a name. The SDK counts
 * watch events with an action and timer events without; the second kind would throw in the SDK's timer thread and end
 * it, and with it every recheck.
 */
public class ReconcilerMetrics {

    private static final String EVENTS_RECEIVED = "events.received";
    private static final String ACTION = "action";

    @Produces
    @Singleton
    MeterFilter sameTagsOnEveryEvent() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return id.getName().equals(EVENTS_RECEIVED) && id.getTag(ACTION) == null
                        ? id.withTag(Tag.of(ACTION, "NONE"))
                        : id;
            }
        };
    }
}
