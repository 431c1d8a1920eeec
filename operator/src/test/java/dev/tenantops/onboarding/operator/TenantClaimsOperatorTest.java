package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two namespaces that name one tenant, with the whole operator and a real API server. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class TenantClaimsOperatorTest extends OperatorInSandbox {

    private Customer customer;
    private String elsewhere;

    @BeforeEach
    void anOnboardingIsReady() {
        customer = newCustomer();
        elsewhere = customer.namespace + "-elsewhere";
        customer.given(
                customer.catalog(
                        "from: Selector, selector: {matchExpressions: [{key: barred, operator: DoesNotExist}]}"),
                customer.secret("right"),
                customer.onboarding());
        customer.consentToAll();
        customer.awaitReady();
        customer.awaitLaterSecond();
        customer.namespace(elsewhere, Map.of());
    }

    @AfterEach
    void leaveNothing() {
        client.resources(TenantOnboarding.class).inNamespace(elsewhere).delete();
        client.resources(TenantOnboarding.class).inNamespace(customer.namespace).delete();
    }

    @Test
    void theYoungerOneIsStalledAndTheTenantIsReadForTheOlderOneAlone() {
        claimElsewhere();
        awaitElsewhere("TenantClaimedElsewhere");
        var status = second().getStatus();
        assertThat(status.condition(ConditionType.STALLED))
                .hasValueSatisfying(it -> assertThat(it.status()).isEqualTo(Status.True));
        assertThat(status.applications()).isEmpty();
        assertThat(status.toString())
                .doesNotContain(customer.namespace + "/")
                .doesNotContain(customer.read().getMetadata().getUid());
        customer.edit("suspend", true);
        customer.awaitReason(ConditionType.READY, "Suspended");
        var requests = sandbox.microsoft().requests();
        var batches = requests.count(RequestKind.BATCH, customer.tenant);
        requestElsewhere();
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .until(() -> "now".equals(second().getStatus().lastHandledReconcileAt()));
        assertThat(requests.count(RequestKind.BATCH, customer.tenant)).isEqualTo(batches);
        awaitElsewhere("TenantClaimedElsewhere");
    }

    @Test
    void whenTheHolderIsDeletedTheOtherOneIsVerified() {
        claimElsewhere();
        awaitElsewhere("TenantClaimedElsewhere");
        client.resource(customer.read()).delete();
        awaitElsewhere("Onboarded");
    }

    @Test
    void aNamespaceThatMayNoLongerUseTheCatalogGivesTheTenantToTheOtherAndGetsItBack() {
        claimElsewhere();
        awaitElsewhere("TenantClaimedElsewhere");
        customer.namespace(customer.namespace, Map.of("barred", "true"));
        awaitElsewhere("Onboarded");
        client.namespaces().withName(customer.namespace).edit(it -> {
            it.getMetadata().getLabels().remove("barred");
            return it;
        });
        customer.awaitReady();
        awaitElsewhere("TenantClaimedElsewhere");
        assertThat(second().getStatus().applications()).isEmpty();
    }

    @Test
    void aCatalogWithAnotherVerifierIsAnotherClaim() {
        var other = newCustomer();
        other.given(other.catalog(), other.secret("right"));
        client.resource(onboarding(elsewhere, other.catalog)).create();
        // Its verifier has no consent in that tenant, which is found out by asking.
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .until(
                        () -> Optional.ofNullable(second().getStatus())
                                .flatMap(it -> it.condition(ConditionType.VERIFIER_AUTHORIZED))
                                .map(it -> it.reason()),
                        it -> it.filter("VerifierConsentRequired"::equals).isPresent());
    }

    private void claimElsewhere() {
        client.resource(onboarding(elsewhere, customer.catalog)).create();
    }

    private TenantOnboarding onboarding(String namespace, String catalog) {
        var onboarding = (TenantOnboarding) customer.onboarding();
        onboarding.getMetadata().setNamespace(namespace);
        var yaml = client.getKubernetesSerialization().asYaml(onboarding).replace(customer.catalog, catalog);
        return client.getKubernetesSerialization().unmarshal(yaml, TenantOnboarding.class);
    }

    private TenantOnboarding second() {
        return client.resources(TenantOnboarding.class)
                .inNamespace(elsewhere)
                .withName("contoso")
                .get();
    }

    private void requestElsewhere() {
        client.resources(TenantOnboarding.class)
                .inNamespace(elsewhere)
                .withName("contoso")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"metadata\":{\"annotations\":{\"" + TenantOnboarding.RECONCILE_REQUESTED_AT
                                + "\":\"now\"}}}");
    }

    private void awaitElsewhere(String reason) {
        Awaitility.await(reason)
                .atMost(Customer.PATIENCE)
                .until(() -> Optional.ofNullable(second().getStatus())
                        .flatMap((TenantOnboardingStatus it) -> it.condition(ConditionType.READY))
                        .filter(it -> it.reason().equals(reason))
                        .isPresent());
    }
}
