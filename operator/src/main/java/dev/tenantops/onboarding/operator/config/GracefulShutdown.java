package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.Delivery;
import dev.tenantops.onboarding.operator.config.OnboardingConfig.Mode;
import dev.tenantops.onboarding.operator.leaderelection.Leadership;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
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

    static void begin(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER + 1000) StartupEvent event,
            OnboardingConfig config,
            Instance<GracefulShutdown> operator)
            throws InterruptedException, ExecutionException {
        if (config.mode() == Mode.Operator) {
            operator.get().begin();
        }
    }

    static void stop(
            @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event,
            OnboardingConfig config,
            Instance<GracefulShutdown> operator) {
        if (config.mode() == Mode.Operator) {
            operator.get().stop();
        }
    }

    static void end(
            @Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event,
            OnboardingConfig config,
            Instance<GracefulShutdown> operator)
            throws InterruptedException {
        if (config.mode() == Mode.Operator) {
            operator.get().end();
        }
    }

    private void begin() throws InterruptedException, ExecutionException {
        // The SDK reports everything there is at its start; a new leader takes stock in its own order.
        reconcilers.executor().submit(() -> {}).get();
        leadership.campaign(delivery::start);
    }

    private void stop() {
        leadership.stopping();
        delivery.stop();
    }

    private void end() throws InterruptedException {
        if (delivery.ended(leadership.patience(config.verification().requestTimeout()))) {
            leadership.release();
        } else {
            LOG.warn("Checks are still under way, so the Lease is not released; it runs out.");
        }
    }
}
