package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.telemetry.Metric;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of a verdict into the status, with the whole operator and all that can stand in it. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
@TestProfile(DeliveryTest.ShortFreshness.class)
class DeliveryTest extends OperatorInSandbox {

    /** Longer than the operator SDK's own retries went on. */
    private static final double LONG_REFUSED = 20;

    private Customer customer;

    public static class ShortFreshness implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("onboarding.verification.freshness", "5s", "onboarding.verification.request-timeout", "15s");
        }

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(UnreliableClouds.class);
        }
    }

    @BeforeEach
    void setUp() {
        customer = newCustomer();
    }

    @AfterEach
    void heal() {
        acceptStatuses();
        sandbox.microsoft().directory().heal();
    }

    @Test
    void aGreenEndsWithItsEvidenceWhileTheCheckHangs() {
        ready();
        sandbox.microsoft()
                .directory()
                .fail(Fault.on(RequestKind.BATCH, Effect.slow(Duration.ofMinutes(10)))
                        .inTenant(customer.tenant));
        customer.awaitReason(ConditionType.READY, "NotVerified");
        var status = customer.status();
        assertThat(Instant.parse(status.validUntil()))
                .isBefore(Instant.parse(customer.condition(ConditionType.READY).lastTransitionTime())
                        .plusSeconds(1));
        assertThat(status.applications()).allMatch(it -> it.state() == ApplicationState.NotVerified);
        assertThat(customer.condition(ConditionType.RECONCILING).status()).isEqualTo(Status.True);
        sandbox.microsoft().directory().heal();
        customer.awaitReady();
    }

    @Test
    void aRevocationIsToldHoweverLongTheApiServerHasRefusedTheStatus() {
        ready();
        refuseStatuses();
        sandbox.microsoft().directory().revokeConsent(customer.tenant, customer.presence);
        await().atMost(Customer.PATIENCE.multipliedBy(2))
                .until(() -> metric(Metric.OLDEST_UNWRITTEN_STATUS_AGE) > LONG_REFUSED);
        assertThat(customer.condition(ConditionType.READY).reason()).isEqualTo("Onboarded");
        assertThat(customer.events("ConsentRevoked")).isEmpty();
        acceptStatuses();
        await().atMost(Customer.PATIENCE.multipliedBy(2))
                .until(() -> customer.condition(ConditionType.READY).reason(), "ConsentRevoked"::equals);
        await().untilAsserted(
                        () -> assertThat(customer.events("ConsentRevoked")).hasSize(1));
    }

    @Test
    void theVerdictOnAnOnboardingThatWasReplacedIsNotItsSuccessors() {
        ready();
        var slow =
                Fault.on(RequestKind.BATCH, Effect.slow(Duration.ofSeconds(3))).inTenant(customer.tenant);
        sandbox.microsoft().directory().fail(slow);
        customer.annotate("now");
        var before = sandbox.microsoft().requests().count(RequestKind.BATCH, customer.tenant);
        await().atMost(Customer.PATIENCE)
                .until(() -> sandbox.microsoft().requests().count(RequestKind.BATCH, customer.tenant) > before);
        var successor = customer.another();
        var replaced = customer.read();
        client.resource(replaced).delete();
        replaced.getMetadata().setResourceVersion(null);
        replaced.getMetadata().setUid(null);
        replaced.setStatus(null);
        replaced.setSpec(((TenantOnboarding) successor.onboarding()).getSpec());
        client.resource(replaced).create();
        customer.await("a first check of its own", it -> {
            assertThat(it.toString()).doesNotContain(customer.tenant).doesNotContain("Onboarded");
            return it.condition(ConditionType.VERIFIER_AUTHORIZED)
                    .filter(verifier -> verifier.reason().equals("VerifierConsentRequired"))
                    .isPresent();
        });
        assertThat(customer.status().applications()).allMatch(it -> it.lastGrantedTime() == null);
    }

    @Test
    void aChangeIsJudgedHoweverCloseItFollowsAnother() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.merge("{\"spec\":{\"verification\":{\"interval\":\"24h\"}}}");
        customer.consentToAll();
        customer.annotate("now");
        customer.awaitReady();
        var random = new SplittableRandom(1);
        for (int round = 0; round < 20; round++) {
            var last = random.nextBoolean();
            customer.merge(plans(!last));
            pause(random.nextInt(150));
            customer.merge(plans(last));
            var generation = customer.read().getMetadata().getGeneration();
            customer.await(
                    "generation " + generation,
                    it -> it.observedGeneration() == generation
                            && it.granted().equals(last ? "2/2" : "1/1")
                            && it.conditions().stream().allMatch(each -> each.observedGeneration() == generation));
        }
    }

    @Test
    void whatAnotherManagerPutsIntoTheStatusIsGoneAndTheStatusIsLeftAloneAfterwards() {
        ready();
        var conditions = customer.status().conditions();
        client.resources(TenantOnboarding.class)
                .inNamespace(customer.namespace)
                .withName("contoso")
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager("another")
                                .withForce(true)
                                .build(),
                        """
                        apiVersion: onboarding.tenantops.dev/v1alpha1
                        kind: TenantOnboarding
                        metadata: {name: contoso, namespace: %s}
                        status:
                          observedGeneration: 1
                          applications: [{catalog: %s, name: ghost, state: Granted}]
                          conditions:
                          - {type: Stalled, status: "True", reason: Ghost, message: A ghost., lastTransitionTime: "2026-03-01T12:00:00Z"}
                        """.formatted(customer.namespace, customer.catalog));
        customer.await(
                "no ghosts",
                it -> it.condition(ConditionType.STALLED).isEmpty()
                        && it.application(customer.catalog, "ghost").isEmpty());
        assertThat(customer.status().conditions()).isEqualTo(conditions);
    }

    @Test
    void aFaultOfTheOperatorIsAConditionOfThatOnboardingAlone() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReady();
        client.resources(ApplicationCatalog.class)
                .withName(customer.catalog)
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"cloud\":\"China\"}}");
        customer.awaitReason(ConditionType.READY, "CheckFailed");
        assertThat(customer.condition(ConditionType.READY))
                .returns(Status.Unknown, Condition::status)
                .satisfies(it -> assertThat(it.message())
                        .contains("IllegalStateException")
                        .contains("the next comes"));
        await().atMost(Customer.PATIENCE)
                .until(() -> customer.catalogCondition(ConditionType.READY)
                        .map(Condition::reason)
                        .filter("CheckFailed"::equals)
                        .isPresent());
        var other = newCustomer();
        other.given(other.catalog(), other.secret("right"), other.onboarding());
        other.consentToAll();
        other.awaitReady();
    }

    private void ready() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReady();
    }

    private String plans(boolean both) {
        // The whole list, since a merge patch replaces lists.
        return "{\"spec\":{\"licenses\":[{\"catalog\":\"" + customer.catalog + "\",\"plans\":[\"common\""
                + (both ? ",\"extend\"" : "") + "]}]}}";
    }

    private void refuseStatuses() {
        var serialization = client.getKubernetesSerialization();
        client.resource(serialization.unmarshal("""
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingAdmissionPolicy
                        metadata: {name: refuse-statuses}
                        spec:
                          failurePolicy: Fail
                          matchConstraints:
                            resourceRules:
                            - apiGroups: [onboarding.tenantops.dev]
                              apiVersions: ["*"]
                              operations: [UPDATE]
                              resources: [tenantonboardings/status]
                          validations: [{expression: "false", message: Statuses are refused.}]
                        """, ValidatingAdmissionPolicy.class))
                .create();
        client.resource(serialization.unmarshal("""
                        apiVersion: admissionregistration.k8s.io/v1
                        kind: ValidatingAdmissionPolicyBinding
                        metadata: {name: refuse-statuses}
                        spec: {policyName: refuse-statuses, validationActions: [Deny]}
                        """, ValidatingAdmissionPolicyBinding.class))
                .create();
        // The API server takes a policy up after a while.
        await().atMost(Customer.PATIENCE).until(() -> {
            customer.annotate("at " + Instant.now());
            return metric(Metric.OLDEST_UNWRITTEN_STATUS_AGE) > 0;
        });
    }

    private void acceptStatuses() {
        client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicyBindings()
                .withName("refuse-statuses")
                .delete();
        client.admissionRegistration()
                .v1()
                .validatingAdmissionPolicies()
                .withName("refuse-statuses")
                .delete();
    }

    private double metric(Metric metric) throws IOException, InterruptedException {
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(it -> it.startsWith(metric.series() + " ") || it.startsWith(metric.series() + "{"))
                    .mapToDouble(it -> Double.parseDouble(it.substring(it.lastIndexOf(' ') + 1)))
                    .max()
                    .orElse(0);
        }
    }

    /** The moment is what the test is about: the operator's own write is under way. */
    private static void pause(int millis) {
        Awaitility.await().pollDelay(millis, TimeUnit.MILLISECONDS).until(() -> true);
    }
}
