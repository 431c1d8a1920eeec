package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What ends, and what somebody vouches for, with the whole operator before a real API server. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class EndingOperatorTest extends OperatorInSandbox {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Customer customer;

    @BeforeEach
    void setUp() {
        customer = newCustomer();
    }

    @Test
    void whatIsRetiredIsToldOnTheOnboardingAndByOneEventOnTheCatalog() throws JsonProcessingException {
        customer.given(retiring("2026-01-01"), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReason(ConditionType.CONSENT_GRANTED, "PermissionRetired");
        assertThat(customer.condition(ConditionType.READY).status()).isEqualTo(Status.False);
        assertThat(customer.condition(ConditionType.READY).message())
                .contains("MicrosoftGraph Application Presence.Read.All is retired since 2026-01-01");
        awaitCatalog("PermissionRetired", "for 1 onboarding,");
        assertThat(customer.catalogCondition(ConditionType.READY))
                .hasValueSatisfying(it -> assertThat(it.status()).isEqualTo(Status.True));
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(
                        () -> assertThat(catalogEvents("PermissionRetired")).hasSize(1));
    }

    @Test
    void whatIsGoingToEndIsAnnouncedOnceAndHoldsBackNothing() throws JsonProcessingException {
        customer.given(retiring("2999-01-01"), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReady();
        assertThat(customer.condition(ConditionType.READY).message())
                .contains("From 2999-01-01 on, Heedify Presence stops working");
        awaitCatalog("RetirementAnnounced", "for 1 onboarding,");
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(catalogEvents("RetirementAnnounced"))
                        .singleElement()
                        .satisfies(it -> assertThat(it.getType()).isEqualTo("Warning")));
    }

    @Test
    void anAttestationMakesReadyAndEndsByItself() throws JsonProcessingException {
        var catalog = json(customer.catalog());
        ((ObjectNode) catalog.at("/spec/applications/0"))
                .set(
                        "prerequisites",
                        JSON.readTree(
                                "[{\"name\": \"approved\", \"description\": \"It is approved\", \"required\": true}]"));
        customer.given(parsed(catalog), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReason(ConditionType.READY, "AttestationRequired");
        assertThat(customer.status().condition(ConditionType.STALLED)).isEmpty();
        var until = Instant.now().plusSeconds(8).truncatedTo(ChronoUnit.SECONDS);
        customer.merge("{\"spec\":{\"attestations\":[{\"catalog\":\"" + customer.catalog
                + "\",\"application\":\"presence\",\"prerequisite\":\"approved\",\"reason\":\"Ada says so\",\"until\":\""
                + until + "\"}]}}");
        customer.awaitReady();
        var attested = customer.read();
        assertThat(attested.getStatus().validUntil()).isEqualTo(until.toString());
        assertThat(customer.condition(ConditionType.READY).message())
                .contains("1 item is attested and not proven: Heedify Presence: approved until " + until);
        customer.awaitReason(ConditionType.READY, "AttestationRequired");
        assertThat(Instant.now()).isAfterOrEqualTo(until);
        assertThat(customer.read().getMetadata().getGeneration())
                .isEqualTo(attested.getMetadata().getGeneration());
        assertThat(customer.condition(ConditionType.READY).lastTransitionTime())
                .isBetween(until.toString(), until.plusSeconds(30).toString());
    }

    private HasMetadata retiring(String date) throws JsonProcessingException {
        var catalog = json(customer.catalog());
        ((ObjectNode) catalog.at("/spec/applications/0/permissions/0"))
                .set(
                        "retirements",
                        JSON.readTree("[{\"type\": \"Application\", \"value\": \"Presence.Read.All\", \"date\": \""
                                + date + "\"}]"));
        return parsed(catalog);
    }

    private ObjectNode json(HasMetadata resource) throws JsonProcessingException {
        return (ObjectNode) JSON.readTree(client.getKubernetesSerialization().asJson(resource));
    }

    private HasMetadata parsed(ObjectNode json) {
        return client.getKubernetesSerialization().unmarshal(json.toString(), ApplicationCatalog.class);
    }

    private void awaitCatalog(String reason, String message) {
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(customer.catalogCondition(ConditionType.PERMISSIONS_VALID))
                        .hasValueSatisfying(it -> {
                            assertThat(it.reason()).isEqualTo(reason);
                            assertThat(it.message()).contains(message);
                        }));
    }

    private List<Event> catalogEvents(String reason) {
        return client.events().v1().events().inNamespace("default").list().getItems().stream()
                .filter(it -> it.getRegarding().getName().equals(customer.catalog)
                        && it.getReason().equals(reason))
                .toList();
    }
}
