package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.Delivery;
import dev.tenantops.onboarding.operator.leaderelection.Leadership;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * Begins to work once the operator SDK watches, if and when this replica leads, and ends in order: no new checks, then the
 * SDK, then what is under way, then the lease. The SDK starts and stops in between, at the default priority.
 */
@Singleton
public class GracefulShutdown {

    private static final Logger LOG = Logger.getLogger(GracefulShutdown.class);

    private final Leadership leadership;
    private final Delivery delivery;
    private final ReconcilerThread reconcilers;
    private final OnboardingConfig config;

    public GracefulShutdown(
            Leadership leadership, Delivery delivery, ReconcilerThread reconcilers, OnboardingConfig config) {
        this.leadership = leadership;
        this.delivery = delivery;
        this.reconcilers = reconcilers;
        this.config = config;
    }

    void begin(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER + 1000) StartupEvent event)
            throws InterruptedException, ExecutionException {
        // The SDK reports everything there is at its start; a new leader takes stock in its own order.
        reconcilers.executor().submit(() -> {}).get();
        leadership.campaign(delivery::start);
    }

    void stop(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        leadership.stopping();
        delivery.stop();
    }

    void end(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) throws InterruptedException {
        if (delivery.ended(leadership.patience(config.verification().requestTimeout()))) {
            leadership.release();
        } else {
            LOG.warn("Checks are still under way, so the Lease is not released; it runs out.");
        }
    }
}
