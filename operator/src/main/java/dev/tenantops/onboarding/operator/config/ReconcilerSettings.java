package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.Reconciles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import io.quarkiverse.operatorsdk.runtime.config.OverriddenConfigurationService;
import java.time.Duration;

/**
 * Runs reconciles on virtual threads; how many work at once is the onboarding reconciler's to say. The class that it
 * extends passes on neither the client nor the cloner, and the default client comes from the environment, past
 * {@link DirectApiServer}.
 */
final class ReconcilerSettings extends OverriddenConfigurationService {

    /** Reconcilers read what the cache holds and never change it, so the copy before each check would be for nothing. */
    private static final Cloner UNCLONED = new Cloner() {
        @Override
        public <R extends HasMetadata> R clone(R resource) {
            return resource;
        }
    };

    private final KubernetesClient client;

    /**
     * @param patience how long checks that are under way may take to end when the operator does
     */
    ReconcilerSettings(
            QuarkusConfigurationService defaults,
            KubernetesClient client,
            Reconciles reconciles,
            Leadership leadership,
            Duration patience) {
        super(defaults, ConfigurationService.newOverriddenConfigurationService(defaults, it -> {
            it.withKubernetesClient(client)
                    .withExecutorService(reconciles.executor())
                    .withReconciliationTerminationTimeout(patience)
                    // The lease is released after that, and whoever made the client closes it.
                    .withCloseClientOnStop(false);
            leadership.election().ifPresent(it::withLeaderElectionConfiguration);
        }));
        this.client = client;
    }

    @Override
    public KubernetesClient getKubernetesClient() {
        return client;
    }

    @Override
    public Cloner getResourceCloner() {
        return UNCLONED;
    }
}
