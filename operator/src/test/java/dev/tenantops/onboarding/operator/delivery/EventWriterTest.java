package dev.tenantops.onboarding.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.operator.TestApiServer;
import dev.tenantops.onboarding.operator.report.Transition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventWriterTest {

    private static final String NAMESPACE = "default";
    private static final Transition ONBOARDED = new Transition("Onboarded", "Everything is granted.", false);
    private static final Transition REVOKED = new Transition("ConsentRevoked", "A consent is gone.", true);

    @RegisterExtension
    private static final TestApiServer SERVER = new TestApiServer();

    private final EventWriter killed = new EventWriter(SERVER.client(), "pod-1", Optional.empty());
    private final EventWriter successor = new EventWriter(SERVER.client(), "pod-2", Optional.empty());

    @Test
    void whatAReplicaHasToldOfAVersionAnotherDoesNotTellAgain() {
        var resource = resource("contoso", "1");
        killed.tell(resource, List.of(ONBOARDED), Instant.now());
        await().untilAsserted(() -> assertThat(reasons(resource)).hasSize(1));
        successor.tell(resource, List.of(ONBOARDED), Instant.now());
        successor.tell(resource, List.of(REVOKED), Instant.now());
        await().untilAsserted(
                        () -> assertThat(reasons(resource)).containsExactlyInAnyOrder("Onboarded", "ConsentRevoked"));
    }

    @Test
    void aChangeOfALaterVersionIsToldAgain() {
        killed.tell(resource("fabrikam", "1"), List.of(ONBOARDED), Instant.now());
        killed.tell(resource("fabrikam", "2"), List.of(REVOKED), Instant.now());
        killed.tell(resource("fabrikam", "3"), List.of(ONBOARDED), Instant.now());
        await().untilAsserted(() -> assertThat(reasons(resource("fabrikam", "3")))
                .containsExactlyInAnyOrder("Onboarded", "ConsentRevoked", "Onboarded"));
    }

    /** The API server refuses a time of fewer or more digits than six. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-01T12:00:08Z",
                "2026-03-01T12:00:08.582Z",
                "2026-03-01T12:00:08.582100Z",
                "2026-03-01T12:00:08.582123456Z"
            })
    void anEventIsWrittenWhateverTheClockCounts(String time) {
        var resource = resource("clock-" + UUID.randomUUID(), "1");
        killed.tell(resource, List.of(ONBOARDED), Instant.parse(time));
        await().untilAsserted(() -> assertThat(reasons(resource)).containsExactly("Onboarded"));
    }

    @Test
    void severalChangesOfOneVersionAreToldEach() {
        var resource = resource("northwind", "1");
        killed.tell(resource, List.of(ONBOARDED, REVOKED), Instant.now());
        await().untilAsserted(
                        () -> assertThat(reasons(resource)).containsExactlyInAnyOrder("Onboarded", "ConsentRevoked"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://docs.example.com/runbooks", "https://docs.example.com/runbooks/"})
    void anEventSaysWhereItsRunbookIs(String runbooks) {
        var resource = resource("runbook-" + UUID.randomUUID(), "1");
        try (var writer = new EventWriter(SERVER.client(), "pod-1", Optional.of(URI.create(runbooks)))) {
            writer.tell(resource, List.of(REVOKED), Instant.now());
            await().untilAsserted(() -> assertThat(annotations(resource))
                    .containsExactly(Map.of(
                            ApiGroup.RUNBOOK_ANNOTATION, "https://docs.example.com/runbooks/ConsentRevoked.md")));
        }
    }

    @Test
    void anEventHasNoAnnotationWhereNobodySaidWhereRunbooksAre() {
        var resource = resource("adatum", "1");
        killed.tell(resource, List.of(ONBOARDED), Instant.now());
        await().untilAsserted(() -> assertThat(annotations(resource)).containsExactly(Map.of()));
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
        return events(resource).map(Event::getReason).toList();
    }

    private static List<Map<String, String>> annotations(ConfigMap resource) {
        return events(resource).map(it -> it.getMetadata().getAnnotations()).toList();
    }

    private static Stream<Event> events(ConfigMap resource) {
        return SERVER
                .client()
                .events()
                .v1()
                .events()
                .inNamespace(NAMESPACE)
                .withField("regarding.name", resource.getMetadata().getName())
                .list()
                .getItems()
                .stream();
    }
}
