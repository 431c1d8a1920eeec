package dev.tenantops.onboarding.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.ApiServer;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EventRecorderTest {

    private static final String NAMESPACE = "default";
    private static final Transition ONBOARDED = new Transition("Onboarded", "Everything is granted.", false);
    private static final Transition REVOKED = new Transition("ConsentRevoked", "A consent is gone.", true);

    private static ApiServer server;
    private static KubernetesClient client;

    private final EventRecorder killed = new EventRecorder(client, "pod-1");
    private final EventRecorder successor = new EventRecorder(client, "pod-2");

    @BeforeAll
    static void start() {
        server = ApiServer.start();
        client = server.newClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void aReplicaThatWasKilledBeforeItWroteTheStatusIsNotRepeated() {
        var resource = resource("contoso", "1");
        killed.record(resource, List.of(ONBOARDED), Instant.now());
        successor.record(resource, List.of(ONBOARDED), Instant.now());
        assertThat(reasons(resource)).containsExactly("Onboarded");
    }

    @Test
    void aChangeOfALaterVersionIsToldAgain() {
        killed.record(resource("fabrikam", "1"), List.of(ONBOARDED), Instant.now());
        killed.record(resource("fabrikam", "2"), List.of(REVOKED), Instant.now());
        killed.record(resource("fabrikam", "3"), List.of(ONBOARDED), Instant.now());
        assertThat(reasons(resource("fabrikam", "3")))
                .containsExactlyInAnyOrder("Onboarded", "ConsentRevoked", "Onboarded");
    }

    @Test
    void severalChangesOfOneVersionAreToldEach() {
        var resource = resource("northwind", "1");
        killed.record(resource, List.of(ONBOARDED, REVOKED), Instant.now());
        assertThat(reasons(resource)).containsExactlyInAnyOrder("Onboarded", "ConsentRevoked");
    }

    private static ConfigMap resource(String name, String version) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withUid("uid-of-" + name)
                .withResourceVersion(version)
                .endMetadata()
                .build();
    }

    private static List<String> reasons(ConfigMap resource) {
        return client
                .events()
                .v1()
                .events()
                .inNamespace(NAMESPACE)
                .withField("regarding.name", resource.getMetadata().getName())
                .list()
                .getItems()
                .stream()
                .map(it -> it.getReason())
                .toList();
    }
}
