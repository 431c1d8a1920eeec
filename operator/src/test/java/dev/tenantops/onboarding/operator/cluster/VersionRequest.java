package dev.tenantops.onboarding.operator.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;

/**
 * Asks the API server for its version, with the client's settings as it finds them in this process's own environment,
 * and as {@link NoProxyConfigCustomizer} customizes them.
 */
final class VersionRequest {

    private VersionRequest() {}

    public static void main(String[] arguments) {
        var config = new ConfigBuilder(Config.autoConfigure(null))
                .withRequestRetryBackoffLimit(0)
                .build();
        System.out.println("as found: " + ask(config));
        new NoProxyConfigCustomizer().customize(config);
        System.out.println("customized: " + ask(config));
        // A client that could not be built leaves its event loops running.
        System.exit(0);
    }

    private static String ask(Config config) {
        try (var client = new KubernetesClientBuilder().withConfig(config).build()) {
            return client.getKubernetesVersion().getGitVersion();
        } catch (KubernetesClientException e) {
            return "failed, " + e.getMessage();
        }
    }
}
