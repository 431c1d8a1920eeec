package dev.tenantops.onboarding.operator.config;

import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurationServiceCustomizer;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** Runs reconciles on virtual threads. How many work at once is the onboarding reconciler's to say. */
@Singleton
public class ReconcilerSettings implements ConfigurationServiceCustomizer {

    private final OperatorBeans.VirtualThreads threads;

    public ReconcilerSettings(OperatorBeans.VirtualThreads threads) {
        this.threads = threads;
    }

    @Override
    public Consumer<ConfigurationServiceOverrider> overrider() {
        return configuration -> configuration.withExecutorService(threads.executor());
    }
}
