package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.cluster.NoProxyConfigCustomizer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.Cloner;
import io.javaoperatorsdk.operator.api.config.ConfigurationService;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import io.quarkiverse.operatorsdk.runtime.config.OverriddenConfigurationService;
import java.util.concurrent.ExecutorService;

/**
 * Runs reconciles on one thread, since they only ask for checks. Who leads is not the operator SDK's to say: every replica
 * watches, and the one that leads checks. The class that this one extends passes on neither the client nor the cloner, and
 * the default client comes from the environment, past {@link NoProxyConfigCustomizer}.
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

    ReconcilerSettings(QuarkusConfigurationService defaults, KubernetesClient client, ExecutorService executor) {
        super(
                defaults,
                ConfigurationService.newOverriddenConfigurationService(
                        defaults,
                        it -> it.withKubernetesClient(client)
                                .withExecutorService(executor)
                                // The lease is released after that, and whoever made the client closes it.
                                .withCloseClientOnStop(false)));
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
