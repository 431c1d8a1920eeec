package dev.tenantops.onboarding.operator.config;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.quarkiverse.operatorsdk.runtime.api.ConfigurationServiceCustomizer;
import jakarta.inject.Singleton;
import java.util.function.Consumer;

/** Runs reconciles on virtual threads. How many work at once is the onboarding reconciler's to say. */
@Singleton
public class ReconcilerSettings implements ConfigurationServiceCustomizer {

    /** Reconcilers read what the cache holds and never change it, so the copy before each check would be for nothing. */
    private static final Cloner UNCLONED = new Cloner() {
        @Override
        public <R extends HasMetadata> R clone(R resource) {
            return resource;
        }
    };

    private final OperatorBeans.VirtualThreads threads;

    public ReconcilerSettings(OperatorBeans.VirtualThreads threads) {
        this.threads = threads;
    }

    @Override
    public Consumer<ConfigurationServiceOverrider> overrider() {
        return configuration ->
                configuration.withExecutorService(threads.executor()).withResourceCloner(UNCLONED);
    }
}
