package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.microsoft.RequestKind;
import dev.tenantops.onboarding.sandbox.microsoft.SimulatedDirectory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole operator against a real API server and the simulated cloud. Every test has a tenant and names of its own. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class OperatorTest {

    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Inject
    KubernetesClient client;

    @TestHTTPResource("/consent/callback")
    URI callback;

    Sandbox sandbox;

    private String catalog;
    private String namespace;
    private String tenant;
    private String presence;
    private String console;
    private String verifier;
    private SimulatedDirectory directory;

    @BeforeEach
    void setUp() {
        var number = COUNT.incrementAndGet();
        catalog = "catalog-" + number;
        namespace = "customer-" + number;
        tenant = UUID.randomUUID().toString();
        presence = UUID.randomUUID().toString();
        console = UUID.randomUUID().toString();
        verifier = UUID.randomUUID().toString();
        directory = sandbox.microsoft().directory();
        directory.createTenant(tenant, "Contoso " + number);
        namespace(SandboxResource.OPERATOR_NAMESPACE, Map.of());
        namespace(namespace, Map.of("customer", "true"));
    }

    @Test
    void fromNothingToReadyAndBackToMissing() {
        given(catalog(), secret("right"), onboarding());
        await(
                "the links",
                it -> it.applications().size() == 2
                        && it.condition(ConditionType.READY).isPresent());
        assertThat(status().applications())
                .allSatisfy(it -> assertThat(it.consentUrl()).contains(tenant));
        awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        consentToAll();
        awaitReady();
        assertThat(status().granted()).isEqualTo("2/2");
        directory.revoke(tenant, presence, GRAPH, PermissionType.Application, "Presence.Read.All");
        await(
                "revoked",
                it -> it.application(catalog, "presence")
                        .filter(application -> application.state() == ApplicationState.ConsentRevoked)
                        .filter(application ->
                                application.missing().getFirst().value().equals("Presence.Read.All"))
                        .isPresent());
        assertThat(condition(ConditionType.READY).status()).isEqualTo(Status.False);
    }

    @Test
    void anUnknownCatalogStallsAfterAWhileAndHealsWhenItAppears() {
        given(secret("right"), onboarding());
        awaitReason(ConditionType.RECONCILING, "UnknownCatalog");
        awaitReason(ConditionType.STALLED, "UnknownCatalog");
        given(catalog());
        consentToAll();
        awaitReady();
        assertThat(status().condition(ConditionType.STALLED)).isEmpty();
    }

    @Test
    void aMistakeInOneLicenceLeavesTheOthersServed() {
        given(catalog(), secret("right"), onboarding("plans: [common, pro]"));
        consentToAll();
        awaitReason(ConditionType.STALLED, "UnknownPlan");
        await(
                "the good plan",
                it -> it.application(catalog, "presence")
                        .filter(application -> application.state() == ApplicationState.Granted)
                        .isPresent());
    }

    @Test
    void aNamespaceThatIsNotAllowedMayBecomeSo() {
        given(catalog("from: Selector, selector: {matchLabels: {tier: gold}}"), secret("right"), onboarding());
        awaitReason(ConditionType.STALLED, "NamespaceNotAllowed");
        client.namespaces()
                .withName(namespace)
                .edit(it -> new NamespaceBuilder(it)
                        .editMetadata()
                        .addToLabels("tier", "gold")
                        .endMetadata()
                        .build());
        consentToAll();
        awaitReady();
    }

    @Test
    void aPermissionThatDoesNotExistShowsOnTheOnboardingAndOnItsCatalog() {
        var wrong = (ApplicationCatalog) catalog();
        var yaml = client.getKubernetesSerialization().asYaml(wrong).replace("Presence.Read.All", "Presence.Red.All");
        given(
                client.getKubernetesSerialization().unmarshal(yaml, ApplicationCatalog.class),
                secret("right"),
                onboarding());
        consentToAll();
        awaitReason(ConditionType.STALLED, "UnknownPermission");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(catalogCondition(ConditionType.READY))
                        .hasValueSatisfying(it -> {
                            assertThat(it.reason()).isEqualTo("UnknownPermission");
                            assertThat(it.message()).contains("Presence.Red.All");
                        }));
    }

    @Test
    void aSteadyTenantCostsOneRequestAndNoWrite() {
        given(catalog(), secret("right"), onboarding());
        consentToAll();
        awaitReady();
        var before = client.resource(read()).get();
        var requests = sandbox.microsoft().requests();
        var batches = requests.count(RequestKind.BATCH, tenant);
        var tokens = requests.count(RequestKind.TOKEN, tenant);
        var others = requests.count(RequestKind.GRAPH, tenant);
        Awaitility.await().atMost(PATIENCE).until(() -> requests.count(RequestKind.BATCH, tenant) >= batches + 5);
        assertThat(requests.count(RequestKind.TOKEN, tenant)).isEqualTo(tokens);
        assertThat(requests.count(RequestKind.GRAPH, tenant)).isEqualTo(others);
        assertThat(read().getMetadata().getResourceVersion())
                .isEqualTo(before.getMetadata().getResourceVersion());
    }

    @Test
    void oneEventTellsOfATransitionWithTheReasonOfItsCondition() {
        given(catalog(), secret("right"), onboarding());
        consentToAll();
        awaitReady();
        directory.setEnabled(tenant, console, false);
        awaitReason(ConditionType.CONSENT_GRANTED, "ApplicationDisabled");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(events("ApplicationDisabled")).hasSize(1));
        var checks = sandbox.microsoft().requests().count(RequestKind.BATCH, tenant);
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> sandbox.microsoft().requests().count(RequestKind.BATCH, tenant) >= checks + 3);
        assertThat(events("ApplicationDisabled"))
                .hasSize(1)
                .allSatisfy(it -> assertThat(it.getType()).isEqualTo("Warning"));
    }

    @Test
    void suspensionStopsEveryRequestAndProvesNothing() {
        given(catalog(), secret("right"), onboarding());
        consentToAll();
        awaitReady();
        edit("suspend", true);
        awaitReason(ConditionType.READY, "Suspended");
        var requests = sandbox.microsoft().requests();
        var batches = requests.count(RequestKind.BATCH, tenant);
        annotate("while-suspended");
        await("the echo", it -> "while-suspended".equals(it.lastHandledReconcileAt()));
        assertThat(requests.count(RequestKind.BATCH, tenant)).isEqualTo(batches);
        edit("suspend", false);
        awaitReady();
    }

    @Test
    void aRequestedCheckIsDoneAndEchoed() {
        given(catalog(), secret("right"), onboarding());
        awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        annotate("2026-03-01T12:00:00Z");
        await("the echo", it -> "2026-03-01T12:00:00Z".equals(it.lastHandledReconcileAt()));
    }

    @Test
    void aRotatedSecretIsUsedWithoutARestart() {
        given(catalog(), secret("wrong"), onboarding());
        consentToAll();
        awaitReason(ConditionType.VERIFIER_AUTHORIZED, "CredentialsInvalid");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(catalogCondition(ConditionType.CREDENTIALS_VALID))
                        .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo("CredentialsInvalid")));
        client.resource(secret("right")).update();
        awaitReady();
    }

    @Test
    void aMissingSecretIsNamedOnTheCatalog() {
        given(catalog(), onboarding());
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(catalogCondition(ConditionType.CREDENTIALS_VALID))
                        .hasValueSatisfying(it -> {
                            assertThat(it.status()).isEqualTo(Status.False);
                            assertThat(it.message())
                                    .contains(catalog + "-verifier")
                                    .contains(ApiGroup.VERIFIER_LABEL);
                        }));
    }

    @Test
    void aReturningBrowserTriggersAVerificationAndProvesNothing() throws Exception {
        given(catalog(), secret("right"), onboarding());
        awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        var uid = read().getMetadata().getUid();
        var page = get("?admin_consent=True&tenant=" + tenant + "&state=" + uid + ".presence&scope=x");
        assertThat(page.statusCode()).isEqualTo(200);
        await("the check", it -> it.lastHandledReconcileAt() != null);
        assertThat(condition(ConditionType.READY).status()).isNotEqualTo(Status.True);
        assertThat(status().applications()).noneMatch(it -> it.state() == ApplicationState.Granted);
    }

    @Test
    void aConsentInAnotherTenantChangesNothing() throws Exception {
        given(catalog(), secret("right"), onboarding());
        awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        var uid = read().getMetadata().getUid();
        get("?admin_consent=True&tenant=" + UUID.randomUUID() + "&state=" + uid + ".presence");
        get("");
        assertThat(read().getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void aDeletedOnboardingLeavesNothingBehindAndTheTenantAsItWas() {
        given(catalog(), secret("right"), onboarding());
        consentToAll();
        awaitReady();
        client.resource(read()).delete();
        Awaitility.await().atMost(PATIENCE).until(() -> read() == null);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.resources(ApplicationCatalog.class)
                                .withName(catalog)
                                .get()
                                .getStatus()
                                .onboardings())
                        .isZero());
        var requests = sandbox.microsoft().requests();
        var batches = requests.count(RequestKind.BATCH, tenant);
        passTimeWithAnotherOnboarding();
        assertThat(requests.count(RequestKind.BATCH, tenant)).isEqualTo(batches);
    }

    /** Another onboarding's checks pass the time. */
    private void passTimeWithAnotherOnboarding() {
        var before = namespace;
        namespace = before + "-b";
        namespace(namespace, Map.of("customer", "true"));
        var other = tenant;
        tenant = UUID.randomUUID().toString();
        directory.createTenant(tenant, "Another");
        given(onboarding());
        awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        tenant = other;
        namespace = before;
    }

    private void consentToAll() {
        directory.consent(tenant, verifier);
        directory.consent(tenant, presence);
        directory.consent(tenant, console);
    }

    private HasMetadata catalog() {
        return catalog("from: All");
    }

    private HasMetadata catalog(String allowed) {
        var yaml = """
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: ApplicationCatalog
                metadata: {name: %s}
                spec:
                  publisher: Heedify
                  cloud: Custom
                  allowedNamespaces: {%s}
                  verifier: {clientId: %s, credentialsRef: {name: %s-verifier}}
                  applications:
                  - name: presence
                    displayName: Heedify Presence
                    clientId: %s
                    permissions:
                    - {resource: MicrosoftGraph, application: [Presence.Read.All]}
                  - name: console
                    displayName: Heedify Agent Console
                    clientId: %s
                    permissions:
                    - {resource: MicrosoftGraph, delegated: [User.Read.All]}
                    - {resource: AzureCommunicationServices, delegated: [Teams.ManageCalls]}
                  plans:
                  - {name: common, applications: [presence]}
                  - {name: extend, applications: [console]}
                """.formatted(catalog, allowed, verifier, catalog, presence, console);
        var parsed = client.getKubernetesSerialization().unmarshal(yaml, ApplicationCatalog.class);
        directory.register(parsed, "right");
        return parsed;
    }

    private Secret secret(String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(catalog + "-verifier")
                .withNamespace(SandboxResource.OPERATOR_NAMESPACE)
                .addToLabels(ApiGroup.VERIFIER_LABEL, "true")
                .endMetadata()
                .addToStringData("clientSecret", value)
                .build();
    }

    private HasMetadata onboarding() {
        return onboarding("plans: [common, extend]");
    }

    private HasMetadata onboarding(String plans) {
        var yaml = """
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: TenantOnboarding
                metadata: {name: contoso, namespace: %s}
                spec:
                  tenantId: %s
                  licenses:
                  - {catalog: %s, %s}
                """.formatted(namespace, tenant, catalog, plans);
        return client.getKubernetesSerialization().unmarshal(yaml, TenantOnboarding.class);
    }

    private void given(HasMetadata... resources) {
        for (HasMetadata resource : resources) {
            client.resource(resource).create();
        }
    }

    private void namespace(String name, Map<String, String> labels) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    private void edit(String field, boolean value) {
        merge("{\"spec\":{\"" + field + "\":" + value + "}}");
    }

    private void annotate(String value) {
        merge("{\"metadata\":{\"annotations\":{\"" + TenantOnboarding.RECONCILE_REQUESTED_AT + "\":\"" + value
                + "\"}}}");
    }

    private void merge(String patch) {
        client.resources(TenantOnboarding.class)
                .inNamespace(namespace)
                .withName("contoso")
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    private HttpResponse<String> get(String query) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(callback + query)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private TenantOnboarding read() {
        return client.resources(TenantOnboarding.class)
                .inNamespace(namespace)
                .withName("contoso")
                .get();
    }

    private TenantOnboardingStatus status() {
        return read().getStatus();
    }

    private Condition condition(String type) {
        return status().condition(type).orElseThrow();
    }

    private Optional<Condition> catalogCondition(String type) {
        return Optional.ofNullable(client.resources(ApplicationCatalog.class)
                        .withName(catalog)
                        .get())
                .map(ApplicationCatalog::getStatus)
                .flatMap(status -> status.conditions().stream()
                        .filter(it -> it.type().equals(type))
                        .findFirst());
    }

    private List<Event> events(String reason) {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(it -> it.getReason().equals(reason))
                .toList();
    }

    private void await(String what, Predicate<TenantOnboardingStatus> expected) {
        Awaitility.await(what).atMost(PATIENCE).until(this::status, expected::test);
    }

    private void awaitReady() {
        await(
                "Ready",
                it -> it.condition(ConditionType.READY)
                        .filter(ready -> ready.status() == Status.True)
                        .isPresent());
    }

    private void awaitReason(String type, String reason) {
        await(
                type + " " + reason,
                it -> it.condition(type)
                        .filter(condition -> condition.reason().equals(reason))
                        .isPresent());
    }
}
