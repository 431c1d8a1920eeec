package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.operator.Delivery;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A pod whose schedule or keeper has stopped is restarted. One that is late since another machine is down is not. */
@Liveness
@LookupIfProperty(name = "onboarding.mode", stringValue = "Operator", lookupIfMissing = true)
@Singleton
public class DeliveryHealth implements HealthCheck {

    private final Delivery delivery;

    public DeliveryHealth(Delivery delivery) {
        this.delivery = delivery;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Schedule and keeper")
                .status(delivery.isAlive())
                .build();
    }
}
