package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.ApplicationCatalogReconciler;
import dev.tenantops.onboarding.operator.TenantOnboardingReconciler;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Makes the operator SDK's metrics fit Prometheus, which wants the same tags on all meters of a name. The SDK counts
 * watch events with an action and timer events without; the second kind would throw in the SDK's timer thread and end
 * it, and with it every recheck.
 */
public class ReconcilerMetrics {

    private static final String EVENTS_RECEIVED = "events.received";
    private static final String ACTION = "action";
    private static final String CONTROLLER = "controller.name";

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

    /** The SDK begins to count with the first failure, which a rate would not see. */
    void countFailuresFromNothing(@Observes StartupEvent started, MeterRegistry registry) {
        for (String controller : List.of(TenantOnboardingReconciler.NAME, ApplicationCatalogReconciler.NAME)) {
            registry.counter(MicrometerMetricsV2.RECONCILIATIONS_FAILED, CONTROLLER, controller);
        }
    }
}
