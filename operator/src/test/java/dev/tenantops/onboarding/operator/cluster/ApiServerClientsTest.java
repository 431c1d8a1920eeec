package dev.tenantops.onboarding.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.tenantops.onboarding.operator.delivery.Writers;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApiServerClientsTest {

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();
    private final CountDownLatch healed = new CountDownLatch(1);
    private HttpServer server;
    private ApiServerClients clients;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            connections.add(exchange.getRemoteAddress());
            if (exchange.getRequestURI().getPath().endsWith("/hangs")) {
                awaitHealing();
            }
            answered.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        var config = new ConfigBuilder()
                .withMasterUrl("http://localhost:" + server.getAddress().getPort())
                .withRequestTimeout(1000)
                .withRequestRetryBackoffLimit(0)
                .build();
        clients = new ApiServerClients(config, new KubernetesSerialization(), vertx);
    }

    @AfterEach
    void stop() {
        healed.countDown();
        server.stop(0);
        threads.shutdownNow();
        vertx.close();
    }

    @Test
    void howeverMuchIsReadAtOnceItTakesOneConnection() {
        try (var client = clients.reading()) {
            for (int i = 0; i < 50; i++) {
                threads.execute(() -> get(client, "some"));
            }
            await().until(() -> answered.get() == 50);
        }
        assertThat(connections).hasSize(1);
    }

    @Test
    void aReadingThatHangsKeepsNoStatusAndNoLeaseWaiting() {
        try (var reading = clients.reading();
                var writing = clients.delivery().client()) {
            threads.execute(() -> tryToGet(reading, "hangs"));
            await().until(() -> !connections.isEmpty());
            get(writing, "some");
        }
        assertThat(answered).hasPositiveValue();
    }

    @Test
    void whatHangsIsGivenUpAndLeavesItsConnectionToWhatWaits() {
        try (var reading = clients.reading()) {
            threads.execute(() -> tryToGet(reading, "hangs"));
            await().until(() -> !connections.isEmpty());
            await().ignoreExceptionsInstanceOf(KubernetesClientException.class)
                    .until(() -> get(reading, "some") == null && answered.get() > 0);
        }
    }

    @Test
    void statusesThatHangKeepNoLeaseWaiting() {
        try (var writing = clients.delivery().client()) {
            for (int i = 0; i < Writers.ONBOARDINGS_AT_ONCE; i++) {
                threads.execute(() -> tryToGet(writing, "hangs"));
            }
            await().until(() -> connections.size() == Writers.ONBOARDINGS_AT_ONCE);
            get(writing, "some");
        }
        assertThat(answered).hasPositiveValue();
    }

    private static ConfigMap get(KubernetesClient client, String name) {
        return client.configMaps().inNamespace("default").withName(name).get();
    }

    private static void tryToGet(KubernetesClient client, String name) {
        try {
            get(client, name);
        } catch (KubernetesClientException _) {
            // It has hung for as long as a request may.
        }
    }

    private void awaitHealing() {
        try {
            healed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
