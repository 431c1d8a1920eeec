package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.entra.RequestListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Counts and times the requests to login and Graph. */
@Singleton
public class RequestMetrics implements RequestListener {

    private final MeterRegistry registry;

    public RequestMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void requested(Kind kind, Outcome outcome, Duration duration) {
        Timer.builder("tenant_onboarding_directory_requests")
                .description("Requests to Microsoft's login service and to Microsoft Graph")
                .tag("kind", kind.name())
                .tag("outcome", outcome.name())
                .register(registry)
                .record(duration);
    }
}
