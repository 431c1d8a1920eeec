package dev.tenantops.onboarding.api;

import io.fabric8.kubeapitest.KubeAPIServer;
import io.fabric8.kubeapitest.KubeAPIServerConfigBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An API server that knows the product's resources. */
final class DefinedApi implements AutoCloseable {

    private final KubeAPIServer server;
    private final KubernetesClient client;

    private DefinedApi(KubeAPIServer server, KubernetesClient client) {
        this.server = server;
        this.client = client;
    }

    static DefinedApi start(String kubernetesVersion) throws Exception {
        var server = new KubeAPIServer(KubeAPIServerConfigBuilder.anAPIServerConfig()
                .withApiServerVersion(kubernetesVersion)
                .withOfflineMode(true)
                .withUpdateKubeConfig(false)
                .build());
        server.start();
        var client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.getKubeConfigYaml()))
                .build();
        for (String name : new String[] {"tenantonboardings", "applicationcatalogs"}) {
            var definition = client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .load(Path.of("src/main/resources/crds", name + ".onboarding.tenantops.dev-v1.yml")
                            .toFile());
            definition.create();
            // As Flux, Helm and kubectl apply --server-side bring them.
            definition.forceConflicts().serverSideApply();
            definition.waitUntilCondition(DefinedApi::established, 30, TimeUnit.SECONDS);
        }
        return new DefinedApi(server, client);
    }

    KubernetesClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
        server.stop();
    }

    private static boolean established(CustomResourceDefinition definition) {
        return definition != null
                && definition.getStatus() != null
                && definition.getStatus().getConditions() != null
                && definition.getStatus().getConditions().stream()
                        .anyMatch(it -> it.getType().equals("Established")
                                && it.getStatus().equals("True"));
    }
}
