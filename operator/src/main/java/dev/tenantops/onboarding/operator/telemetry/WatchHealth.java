package dev.tenantops.onboarding.operator.telemetry;

import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.health.InformerHealthIndicator;
import io.javaoperatorsdk.operator.health.InformerWrappingEventSourceHealthIndicator;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * A pod that has stopped to watch sees no change any more, and a restart is the only way to watch again. One that tries to
 * reach the API server is let alone.
 */
@Liveness
@LookupIfProperty(name = "onboarding.mode", stringValue = "Operator", lookupIfMissing = true)
@Singleton
public class WatchHealth implements HealthCheck {

    private final Instance<Operator> operator;

    /** @param operator not there where nothing is watched */
    public WatchHealth(Instance<Operator> operator) {
        this.operator = operator;
    }

    @Override
    public HealthCheckResponse call() {
        var stopped = operator.get().getRuntimeInfo().isStarted()
                && informers(operator.get().getRuntimeInfo().unhealthyInformerWrappingEventSourceHealthIndicator())
                        .anyMatch(WatchHealth::hasStopped);
        return HealthCheckResponse.named("Watches").status(!stopped).build();
    }

    static boolean hasStopped(InformerHealthIndicator informer) {
        return informer.hasSynced() && !informer.isRunning();
    }

    /** The operator SDK leaves open of what kind the resources are. */
    private static Stream<InformerHealthIndicator> informers(Map<String, ? extends Map<String, ?>> sources) {
        return sources.values().stream()
                .flatMap(it -> it.values().stream())
                .filter(InformerWrappingEventSourceHealthIndicator.class::isInstance)
                .flatMap(it -> ((InformerWrappingEventSourceHealthIndicator<?>) it)
                        .informerHealthIndicators().values().stream());
    }
}
