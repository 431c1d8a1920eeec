package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One object with something that this version does not know, or that can never work, among those of other customers. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class ForeignDataOperatorTest extends OperatorInSandbox {

    private static final String VERSION = ApiGroup.NAME + "/" + ApiGroup.VERSION;

    private Customer customer;
    private Customer other;
    private HasMetadata catalog;
    private HasMetadata otherCatalog;

    @BeforeEach
    void setUp() {
        customer = newCustomer();
        other = newCustomer();
        catalog = customer.catalog();
        otherCatalog = other.catalog();
        customer.consentToAll();
        other.consentToAll();
    }

    @Test
    void aStatusOfALaterVersionDisturbsNobodyAndIsJudgedAnew() {
        customer.given(catalog, customer.secret("right"), customer.onboarding());
        customer.awaitReady();
        customer.edit("suspend", true);
        customer.awaitReason(ConditionType.READY, "Suspended");
        try (var later = new LaterDefinitions(client)) {
            later.accepting(() -> client.genericKubernetesResources(VERSION, "TenantOnboarding")
                    .inNamespace(customer.namespace)
                    .withName("contoso")
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), """
                            {"status": {"later": 1, "applications": [{"catalog": "%s", "name": "presence",
                             "state": "AwaitingOwner"}], "verifiers": [{"catalog": "%s", "state": "Authorized",
                             "tier": "Everything"}], "conditions": [{"type": "Ready", "status": "Perhaps",
                             "reason": "Later", "message": "", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
                            """.formatted(customer.catalog, customer.catalog)));
            other.given(otherCatalog, other.secret("right"), other.onboarding());
            other.awaitReady();
            other.edit("suspend", true);
            other.awaitReason(ConditionType.READY, "Suspended");
            customer.edit("suspend", false);
            customer.awaitReady();
            assertThat(customer.status().applications())
                    .hasSize(2)
                    .allMatch(it -> it.state() == ApplicationState.Granted);
        }
    }

    @Test
    void aSpecOfALaterVersionIsAProblemOfItsOwnObjectsAlone() {
        customer.given(customer.secret("right"));
        try (var later = new LaterDefinitions(client)) {
            later.accepting(() -> create(catalog, json -> json.replace("\"cloud\":\"Custom\"", "\"cloud\":\"Moon\"")));
            customer.given(customer.onboarding());
            customer.awaitReason(ConditionType.STALLED, "InvalidSpec");
            other.given(otherCatalog, other.secret("right"), other.onboarding());
            other.awaitReady();
        }
        assertThat(customer.condition(ConditionType.READY).message()).contains("spec.cloud has the value Moon");
        catalogIsInvalid("spec.cloud has the value Moon");
    }

    @Test
    void anEndpointAndASelectorThatAreOlderThanARuleAreToldAndDisturbNobody() {
        customer.given(customer.secret("right"));
        try (var later = new LaterDefinitions(client)) {
            later.accepting(() -> create(catalog, json -> json.replace("\"publisher\"", """
                    "endpoints": [{"name": "broken", "url": "https://api.example.com/{tenant}"},
                     {"name": "port", "url": "https://api.example.com:70000"},
                     {"name": "portal", "url": "https://portal.invalid.example"}], "publisher\"""")));
            create(otherCatalog, json -> json.replace("\"from\":\"All\"", """
                    "from": "Selector", "selector": {"matchExpressions": [{"key": "tier"}]}"""));
            customer.given(customer.onboarding());
            other.given(other.onboarding());
        }
        // The definition of today lets the status of an older object through.
        customer.await(
                "the endpoints",
                it -> it.endpoints().stream().map(endpoint -> endpoint.state()).noneMatch("Probing"::equals)
                        && it.endpoints().size() == 3);
        assertThat(customer.status().endpoints())
                .filteredOn(it -> it.state().equals("InvalidUrl"))
                .extracting(it -> it.name())
                .containsExactly(customer.catalog + "/broken", customer.catalog + "/port");
        customer.awaitReason(ConditionType.CONSENT_GRANTED, "AllGranted");
        customer.annotate("after the rule");
        customer.await("the echo", it -> "after the rule".equals(it.lastHandledReconcileAt()));
        catalogIsInvalid("https://api.example.com/{tenant}");
        other.awaitReason(ConditionType.STALLED, "InvalidSpec");
        assertThat(other.condition(ConditionType.READY).message()).contains("tier without an operator");
    }

    @Test
    void aRequestThatIsLongerThanItsEchoIsDone() {
        customer.given(catalog, customer.secret("right"), customer.onboarding());
        customer.awaitReady();
        customer.annotate("r".repeat(1025));
        customer.await("the echo", it -> "r".repeat(1024).equals(it.lastHandledReconcileAt()));
    }

    /** Untyped, since the types leave out what they do not know. */
    private void create(HasMetadata resource, UnaryOperator<String> change) {
        var serialization = client.getKubernetesSerialization();
        var json = serialization.asJson(resource);
        var changed = change.apply(json);
        assertThat(changed).isNotEqualTo(json);
        client.resource(serialization.unmarshal(changed, GenericKubernetesResource.class))
                .create();
    }

    private void catalogIsInvalid(String told) {
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(customer.catalogCondition(ConditionType.READY))
                        .hasValueSatisfying(it -> {
                            assertThat(it.status()).isEqualTo(Status.False);
                            assertThat(it.reason()).isEqualTo("InvalidSpec");
                            assertThat(it.message()).contains(told);
                        }));
    }
}
