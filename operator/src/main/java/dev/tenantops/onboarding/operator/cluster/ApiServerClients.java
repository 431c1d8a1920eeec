package dev.tenantops.onboarding.operator.cluster;

import dev.tenantops.onboarding.operator.delivery.Writers;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientFactory;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClientOptions;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * Few connections to the API server, whatever is asked of it at once: each request has one for itself, and the client's own
 * limit is 8,192. What a connection is busy with keeps waiting what shares it, so what must not wait has its own. Each watch
 * has another one, which no limit counts.
 */
@Singleton
public class ApiServerClients {

    private static final int FOR_READING = 1;

    private final Config config;
    private final KubernetesSerialization serialization;
    private final Vertx vertx;

    public ApiServerClients(Config config, KubernetesSerialization serialization, Vertx vertx) {
        this.config = config;
        this.serialization = serialization;
        this.vertx = vertx;
    }

    @Produces
    @Singleton
    KubernetesClient reading() {
        return client(FOR_READING);
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }

    /** @return with a connection for each status that is written at once, and one for the Lease */
    @Produces
    @Singleton
    DeliveryClient delivery() {
        return new DeliveryClient(client(Writers.ONBOARDINGS_AT_ONCE + 1));
    }

    void close(@Disposes DeliveryClient delivery) {
        delivery.client().close();
    }

    private KubernetesClient client(int connections) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientFactory(new Bounded(vertx, connections))
                .build();
    }

    private static final class Bounded extends VertxHttpClientFactory {

        private final int connections;

        Bounded(Vertx vertx, int connections) {
            super(vertx);
            this.connections = connections;
        }

        @Override
        protected void additionalConfig(WebClientOptions options) {
            options.setMaxPoolSize(connections);
        }
    }
}
