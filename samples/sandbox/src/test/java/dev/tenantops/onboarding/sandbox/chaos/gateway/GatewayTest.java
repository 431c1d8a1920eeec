package dev.tenantops.onboarding.sandbox.chaos.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** With a real API server, and a client that has nothing but a token. */
class GatewayTest {

    private static final Predicate<ApiRequest> CONFIG_MAPS = it -> it.resource().equals("configmaps");
    private static final String REPLICA = "replica";
    private static final String GONE =
            "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":410,\"reason\":\"Expired\"}}";

    private static ApiServer server;
    private static KubernetesClient administrator;
    private static Gateway gateway;
    private static KubernetesClient client;

    private final String name = "map-" + UUID.randomUUID();
    private Ending ending = Ending.NONE;

    @BeforeAll
    static void start() {
        server = ApiServer.start();
        administrator = server.newClient();
        CertificateAuthority authority = CertificateAuthority.create("Gateway");
        Config config = Config.fromKubeconfig(server.kubeconfig());
        gateway = Gateway.start(
                authority,
                URI.create(config.getMasterUrl()),
                new String(Base64.getDecoder().decode(config.getCaCertData()), StandardCharsets.US_ASCII),
                "localhost",
                "127.0.0.1");
        client = client(gateway, authority, token());
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
        administrator.close();
        server.close();
    }

    @AfterEach
    void heal() {
        ending.end();
    }

    @Test
    void whatNothingIsSaidOfIsPassedOnWithItsToken() {
        create();
        assertThat(administrator
                        .configMaps()
                        .inNamespace("default")
                        .withName(name)
                        .get())
                .isNotNull();
        assertThat(client.configMaps().inNamespace("default").withName(name).get())
                .isNotNull();
    }

    @Test
    void manyWritesAtOnceAreAllPassedOn() {
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> writers = IntStream.range(0, 100)
                .mapToObj(it -> Thread.startVirtualThread(() -> {
                    try {
                        client.resource(map(name + it)).create();
                        client.configMaps()
                                .inNamespace("default")
                                .withName(name + it)
                                .edit(map -> map.edit()
                                        .addToData("large", "x".repeat(20_000))
                                        .build());
                    } catch (RuntimeException e) {
                        failures.add(e);
                    }
                }))
                .toList();
        await().atMost(Duration.ofMinutes(1)).until(() -> writers.stream().noneMatch(Thread::isAlive));
        assertThat(failures).isEmpty();
    }

    @Test
    void aRefusedWriteNeverReachesTheApiServer() {
        ending = gateway.on(
                CONFIG_MAPS.and(ApiRequest::isWrite), Answer.refused(422, "Invalid", "that is not how it is done"));
        assertThatThrownBy(this::create)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        it -> assertThat(it.getCode()).isEqualTo(422))
                .hasMessageContaining("that is not how it is done");
        assertThat(administrator
                        .configMaps()
                        .inNamespace("default")
                        .withName(name)
                        .get())
                .isNull();
    }

    @Test
    void anUnheardWriteIsDone() {
        ending = gateway.on(CONFIG_MAPS.and(ApiRequest::isWrite), new Answer.Unheard());
        assertThatThrownBy(this::create).isInstanceOf(KubernetesClientException.class);
        assertThat(administrator
                        .configMaps()
                        .inNamespace("default")
                        .withName(name)
                        .get())
                .isNotNull();
    }

    @Test
    void somethingHappensBetweenTheWriteAndItsAnswer() {
        var seen = new AtomicReference<ConfigMap>();
        ending = gateway.on(
                CONFIG_MAPS.and(ApiRequest::isWrite),
                new Answer.After(() -> seen.set(administrator
                        .configMaps()
                        .inNamespace("default")
                        .withName(name)
                        .get())));
        create();
        assertThat(seen.get()).isNotNull();
    }

    @Test
    void aRequestWithoutAnAnswerEndsWithTheFault() {
        ending = gateway.on(CONFIG_MAPS.and(ApiRequest::isWrite), new Answer.Silent());
        var failure = new AtomicReference<Throwable>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                create();
            } catch (KubernetesClientException e) {
                failure.set(e);
            }
        });
        assertThat(thread.isAlive()).isTrue();
        ending.end();
        ending = Ending.NONE;
        await().untilAsserted(() -> assertThat(thread.isAlive()).isFalse());
    }

    @Test
    void eventsAreHeldBackUntilTheyAreNot() {
        var events = new CopyOnWriteArrayList<String>();
        try (Watch _ = client.configMaps().inNamespace("default").watch(collecting(events))) {
            await().until(() -> gateway.watches().count() > 0);
            ending = gateway.watches().hold(CONFIG_MAPS);
            create();
            client.configMaps().inNamespace("default").withName(name).delete();
            assertThat(events).doesNotContain("ADDED " + name);
            ending.end();
            ending = Ending.NONE;
            await().untilAsserted(() -> assertThat(events).contains("ADDED " + name, "DELETED " + name));
        }
    }

    @Test
    void aWatchThatWasCutGoesOnWithAnother() {
        var events = new CopyOnWriteArrayList<String>();
        try (Watch _ = client.configMaps().inNamespace("default").watch(collecting(events))) {
            await().until(() -> gateway.watches().count() > 0);
            gateway.watches().cut(CONFIG_MAPS);
            create();
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(events).contains("ADDED " + name));
        }
    }

    @Test
    void aWatchThatHasExpiredIsToldSo() {
        var events = new CopyOnWriteArrayList<String>();
        try (Watch _ = client.configMaps().inNamespace("default").watch(collecting(events))) {
            await().until(() -> gateway.watches().count() > 0);
            gateway.watches().expire(CONFIG_MAPS);
            await().untilAsserted(() -> assertThat(events).contains("gone"));
        }
    }

    @Test
    void whatAnApiServerSaysBeforeItLeavesAtOnceIsHeard() throws Exception {
        CertificateAuthority authority = CertificateAuthority.create("Hasty");
        Buffer certificate = Buffer.buffer(authority.serverPem("localhost"));
        Vertx vertx = Vertx.vertx();
        try {
            int port = vertx.createHttpServer(new HttpServerOptions()
                            .setHost("127.0.0.1")
                            .setSsl(true)
                            .setKeyCertOptions(new PemKeyCertOptions()
                                    .addKeyValue(certificate)
                                    .addCertValue(certificate)))
                    .webSocketHandler(it -> {
                        it.writeTextMessage(GONE);
                        it.close();
                    })
                    .listen(0)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get()
                    .actualPort();
            try (Gateway hasty = Gateway.start(
                            authority,
                            URI.create("https://localhost:" + port),
                            authority.certificatePem(),
                            "localhost");
                    KubernetesClient watching = client(hasty, authority, "token")) {
                for (int i = 0; i < 20; i++) {
                    var events = new CopyOnWriteArrayList<String>();
                    try (Watch _ = watching.configMaps().inNamespace("default").watch(collecting(events))) {
                        await().untilAsserted(() -> assertThat(events).contains("gone"));
                    }
                }
            }
        } finally {
            vertx.close();
        }
    }

    @Test
    void anInformerSeesEverythingThroughIt() {
        var seen = new CopyOnWriteArrayList<String>();
        try (var informer = client.configMaps().inNamespace("default").inform()) {
            create();
            await().until(() -> {
                seen.clear();
                informer.getStore()
                        .list()
                        .forEach(it -> seen.add(it.getMetadata().getName()));
                return seen.contains(name);
            });
        }
    }

    private static Watcher<ConfigMap> collecting(List<String> events) {
        return new Watcher<>() {
            @Override
            public void eventReceived(Action action, ConfigMap map) {
                if (!map.getMetadata().getName().equals("kube-root-ca.crt")) {
                    events.add(action + " " + map.getMetadata().getName());
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                events.add(cause.isHttpGone() ? "gone" : "closed");
            }
        };
    }

    private void create() {
        client.resource(map(name)).create();
    }

    private static ConfigMap map(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .build();
    }

    private static KubernetesClient client(Gateway gateway, CertificateAuthority authority, String token) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("https://localhost:" + gateway.portOf(REPLICA))
                .withCaCertData(Base64.getEncoder()
                        .encodeToString(authority.certificatePem().getBytes(StandardCharsets.US_ASCII)))
                .withOauthToken(token)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static String token() {
        administrator
                .resource(new ServiceAccountBuilder()
                        .withNewMetadata()
                        .withName(REPLICA)
                        .withNamespace("default")
                        .endMetadata()
                        .build())
                .create();
        administrator
                .resource(new ClusterRoleBindingBuilder()
                        .withNewMetadata()
                        .withName(REPLICA)
                        .endMetadata()
                        .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                        .addNewSubject("", "ServiceAccount", REPLICA, "default")
                        .build())
                .create();
        return administrator
                .serviceAccounts()
                .inNamespace("default")
                .withName(REPLICA)
                .tokenRequest(new TokenRequestBuilder()
                        .withNewSpec()
                        .withExpirationSeconds(3600L)
                        .endSpec()
                        .build())
                .getStatus()
                .getToken();
    }
}
