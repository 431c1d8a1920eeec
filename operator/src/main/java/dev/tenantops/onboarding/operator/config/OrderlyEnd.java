package dev.tenantops.onboarding.operator.config;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;

/** The operator SDK stops its reconcilers in between, at the default priority. */
@Singleton
public class OrderlyEnd {

    private final Leadership leadership;

    public OrderlyEnd(Leadership leadership) {
        this.leadership = leadership;
    }

    void begin(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) ShutdownEvent event) {
        leadership.stopping();
    }

    void end(@Observes @Priority(Interceptor.Priority.LIBRARY_AFTER) ShutdownEvent event) {
        leadership.release();
    }
}
