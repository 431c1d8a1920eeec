package dev.tenantops.onboarding.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.quarkus.kubernetes.client.KubernetesConfigCustomizer;
import jakarta.inject.Singleton;

/**
 * Keeps the API server from being reached through a proxy. The Kubernetes client takes HTTPS_PROXY and NO_PROXY of its
 * environment for the API server too, and fails on a NO_PROXY of {@code *}.
 */
@Singleton
public class NoProxyConfigCustomizer implements KubernetesConfigCustomizer {

    @Override
    public void customize(Config config) {
        config.setHttpProxy(null);
        config.setHttpsProxy(null);
        config.setNoProxy(new String[0]);
    }
}
