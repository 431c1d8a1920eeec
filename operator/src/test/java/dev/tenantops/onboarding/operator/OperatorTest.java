package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.RegisteredController;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The whole operator against a real API server and the simulated cloud. Every test has a tenant and names of its own. */
@QuarkusTest
@QuarkusTestResource(SandboxResource.class)
class OperatorTest extends OperatorInSandbox {

    private static final String GRAPH = "00000003-0000-0000-c000-000000000000";

    @Inject
    Operator operator;

    private Customer customer;
    private SimulatedDirectory directory;

    @BeforeEach
    void setUp() {
        directory = sandbox.microsoft().directory();
        customer = newCustomer();
    }

    @Test
    void fromNothingToReadyAndBackToMissing() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.await(
                "the links",
                it -> it.applications().size() == 2
                        && it.condition(ConditionType.READY).isPresent());
        assertThat(customer.status().applications())
                .allSatisfy(it -> assertThat(it.consentUrl()).contains(customer.tenant));
        customer.awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        customer.consentToAll();
        customer.awaitReady();
        assertThat(customer.status().granted()).isEqualTo("2/2");
        directory.revoke(customer.tenant, customer.presence, GRAPH, PermissionType.Application, "Presence.Read.All");
        customer.await(
                "revoked",
                it -> it.application(customer.catalog, "presence")
                        .filter(application -> application.state() == ApplicationState.ConsentRevoked)
                        .filter(application ->
                                application.missing().getFirst().value().equals("Presence.Read.All"))
                        .isPresent());
        assertThat(customer.condition(ConditionType.READY).status()).isEqualTo(Status.False);
    }

    @Test
    void aRegistrationThatItsPublisherDeletedIsToldOnTheCatalogAndMakesItsGrantsWorthless() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReady();
        var home =
                directory.registrations().find(customer.console).orElseThrow().publisherTenantId();
        directory.createTenant(home, "Heedify");
        directory.consent(home, customer.verifier);
        client.resources(ApplicationCatalog.class)
                .withName(customer.catalog)
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"verifier\":{\"homeTenantId\":\"%s\"}}}".formatted(home));
        awaitRegistrations("RegistrationsFound", "All 3 registrations were found");
        directory.deleteRegistration(customer.console);
        customer.awaitReason(ConditionType.CONSENT_GRANTED, "RegistrationDeleted");
        assertThat(customer.status().nextAction())
                .startsWith("Ask the publisher of Heedify Agent Console to restore its registration");
        awaitRegistrations("RegistrationDeleted", "which hits 1 of 1 onboardings");
        directory.restoreRegistration(customer.console);
        customer.awaitReady();
        awaitRegistrations("RegistrationsFound", "All 3 registrations were found");
    }

    private void awaitRegistrations(String reason, String message) {
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(customer.catalogCondition(ConditionType.REGISTRATIONS_VALID))
                        .hasValueSatisfying(it -> {
                            assertThat(it.reason()).isEqualTo(reason);
                            assertThat(it.message()).contains(message);
                        }));
    }

    @Test
    void anUnknownCatalogStallsAfterAWhileAndHealsWhenItAppears() {
        customer.given(customer.secret("right"), customer.onboarding());
        customer.awaitReason(ConditionType.RECONCILING, "UnknownCatalog");
        customer.awaitReason(ConditionType.STALLED, "UnknownCatalog");
        customer.given(customer.catalog());
        customer.consentToAll();
        customer.awaitReady();
        assertThat(customer.status().condition(ConditionType.STALLED)).isEmpty();
    }

    @Test
    void aMistakeInOneLicenceLeavesTheOthersServed() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding("plans: [common, pro]"));
        customer.consentToAll();
        customer.awaitReason(ConditionType.STALLED, "UnknownPlan");
        customer.await(
                "the good plan",
                it -> it.application(customer.catalog, "presence")
                        .filter(application -> application.state() == ApplicationState.Granted)
                        .isPresent());
    }

    /** As every Secret of a proxy was before it had to say for which proxy it is. */
    @Test
    void aSecretThatIsForNoProxyComesWithTheCommandThatMendsIt() {
        var serialization = client.getKubernetesSerialization();
        var catalog = serialization
                .asYaml(customer.catalog())
                .replaceFirst(
                        "(?m)^  plans:",
                        "  endpoints: [{name: hub, url: \"https://hub.heedify.io\", plans: [common]}]\n  plans:");
        var proxy = sandbox.proxy().url();
        customer.given(
                serialization.unmarshal(catalog, ApplicationCatalog.class),
                customer.secret("right"),
                new SecretBuilder()
                        .withNewMetadata()
                        .withName("proxy-login")
                        .withNamespace(customer.namespace)
                        .endMetadata()
                        .addToStringData("username", Sandbox.PROXY_CREDENTIALS.username())
                        .addToStringData("password", Sandbox.PROXY_CREDENTIALS.password() + "\n")
                        .build(),
                serialization.unmarshal(
                        serialization.asYaml(customer.onboarding("plans: [common]"))
                                + "  network: {proxy: {url: \"%s\", credentialsRef: {name: proxy-login}}}\n"
                                        .formatted(proxy),
                        TenantOnboarding.class));
        customer.consentToAll();
        customer.awaitReason(ConditionType.NETWORK_REACHABLE, "SecretNotReadable");
        assertThat(customer.condition(ConditionType.NETWORK_REACHABLE).message())
                .contains("kubectl patch secret proxy-login -n " + customer.namespace + " --type=merge -p '");
        var message = customer.condition(ConditionType.NETWORK_REACHABLE).message();
        client.secrets()
                .inNamespace(customer.namespace)
                .withName("proxy-login")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        message.substring(message.indexOf("'{") + 1, message.indexOf("}'") + 1));
        customer.awaitReady();
        assertThat(customer.condition(ConditionType.NETWORK_REACHABLE).reason()).isEqualTo("AllReachable");
    }

    @Test
    void aNamespaceThatIsNotAllowedMayBecomeSo() {
        customer.given(
                customer.catalog("from: Selector, selector: {matchLabels: {tier: gold}}"),
                customer.secret("right"),
                customer.onboarding());
        customer.awaitReason(ConditionType.STALLED, "NamespaceNotAllowed");
        client.namespaces()
                .withName(customer.namespace)
                .edit(it -> new NamespaceBuilder(it)
                        .editMetadata()
                        .addToLabels("tier", "gold")
                        .endMetadata()
                        .build());
        customer.consentToAll();
        customer.awaitReady();
    }

    @Test
    void aPermissionThatDoesNotExistShowsOnTheOnboardingAndOnItsCatalog() {
        var wrong = (ApplicationCatalog) customer.catalog();
        var yaml = client.getKubernetesSerialization().asYaml(wrong).replace("Presence.Read.All", "Presence.Red.All");
        customer.given(
                client.getKubernetesSerialization().unmarshal(yaml, ApplicationCatalog.class),
                customer.secret("right"),
                customer.onboarding());
        customer.consentToAll();
        customer.awaitReason(ConditionType.STALLED, "UnknownPermission");
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(customer.catalogCondition(ConditionType.READY))
                        .hasValueSatisfying(it -> {
                            assertThat(it.reason()).isEqualTo("UnknownPermission");
                            assertThat(it.message()).contains("Presence.Red.All");
                        }));
    }

    @Test
    void aSteadyTenantCostsOneRequestAndNoWrite() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReady();
        var before = client.resource(customer.read()).get();
        var requests = sandbox.microsoft().requests();
        var batches = requests.count(RequestKind.BATCH, customer.tenant);
        var tokens = requests.count(RequestKind.TOKEN, customer.tenant);
        var others = requests.count(RequestKind.GRAPH, customer.tenant);
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .until(() -> requests.count(RequestKind.BATCH, customer.tenant) >= batches + 5);
        assertThat(requests.count(RequestKind.TOKEN, customer.tenant)).isEqualTo(tokens);
        assertThat(requests.count(RequestKind.GRAPH, customer.tenant)).isEqualTo(others);
        assertThat(customer.read().getMetadata().getResourceVersion())
                .isEqualTo(before.getMetadata().getResourceVersion());
    }

    @Test
    void oneEventTellsOfATransitionWithTheReasonOfItsCondition() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReady();
        directory.setEnabled(customer.tenant, customer.console, false);
        customer.awaitReason(ConditionType.CONSENT_GRANTED, "ApplicationDisabled");
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(
                        () -> assertThat(customer.events("ApplicationDisabled")).hasSize(1));
        var checks = sandbox.microsoft().requests().count(RequestKind.BATCH, customer.tenant);
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .until(() -> sandbox.microsoft().requests().count(RequestKind.BATCH, customer.tenant) >= checks + 3);
        assertThat(customer.events("ApplicationDisabled"))
                .hasSize(1)
                .allSatisfy(it -> assertThat(it.getType()).isEqualTo("Warning"));
    }

    @Test
    void suspensionStopsEveryRequestAndProvesNothing() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReady();
        customer.edit("suspend", true);
        customer.awaitReason(ConditionType.READY, "Suspended");
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(customer.events("Suspended"))
                        .singleElement()
                        .satisfies(it -> assertThat(it.getType()).isEqualTo("Normal")));
        var requests = sandbox.microsoft().requests();
        var batches = requests.count(RequestKind.BATCH, customer.tenant);
        customer.annotate("while-suspended");
        customer.await("the echo", it -> "while-suspended".equals(it.lastHandledReconcileAt()));
        assertThat(requests.count(RequestKind.BATCH, customer.tenant)).isEqualTo(batches);
        customer.edit("suspend", false);
        customer.awaitReady();
    }

    @Test
    void theApiServerIsNeverReachedThroughAProxy() {
        assertThat(Config.autoConfigure(null).getHttpsProxy()).isEqualTo(SandboxResource.PROXIES.get("https.proxy"));
        assertThat(client.getConfiguration())
                .returns(null, Config::getHttpsProxy)
                .returns(null, Config::getHttpProxy)
                .returns(new String[0], Config::getNoProxy);
        assertThat(client.getKubernetesVersion().getGitVersion())
                .isEqualTo("v" + sandbox.apiServer().version());
    }

    @Test
    void theReconcilersWorkWithTheSameClientWithoutCopiesAndLeaveTheElectionToTheOperator() {
        for (RegisteredController<?> controller : operator.getRegisteredControllers()) {
            var settings = controller.getConfiguration().getConfigurationService();
            assertThat(settings.getKubernetesClient().getConfiguration()).isSameAs(client.getConfiguration());
            var onboarding = customer.onboarding();
            assertThat(settings.getResourceCloner().clone(onboarding)).isSameAs(onboarding);
            assertThat(settings.getLeaderElectionConfiguration()).isEmpty();
        }
        assertThat(operator.getRegisteredControllersNumber()).isOne();
    }

    @Test
    void aRequestedCheckIsDoneAndEchoed() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        customer.annotate("2026-03-01T12:00:00Z");
        customer.await("the echo", it -> "2026-03-01T12:00:00Z".equals(it.lastHandledReconcileAt()));
    }

    @Test
    void aRotatedSecretIsUsedWithoutARestart() {
        customer.given(customer.catalog(), customer.secret("wrong"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReason(ConditionType.VERIFIER_AUTHORIZED, "CredentialsInvalid");
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(customer.catalogCondition(ConditionType.CREDENTIALS_VALID))
                        .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo("CredentialsInvalid")));
        client.resource(customer.secret("right")).update();
        customer.awaitReady();
    }

    @Test
    void aCatalogWithoutASecretIsToldThatTheOperatorHasNoFederatedToken() {
        var yaml = client.getKubernetesSerialization()
                .asYaml(customer.catalog())
                .replaceFirst("\\s+credentialsRef:\\s+name: \\S+", "");
        customer.given(client.getKubernetesSerialization().unmarshal(yaml, ApplicationCatalog.class));
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(customer.catalogCondition(ConditionType.CREDENTIALS_VALID))
                        .hasValueSatisfying(it -> {
                            assertThat(it.status()).isEqualTo(Status.False);
                            assertThat(it.reason()).isEqualTo("CredentialsInvalid");
                            assertThat(it.message()).contains("AZURE_FEDERATED_TOKEN_FILE");
                        }));
    }

    @Test
    void aMissingSecretIsNamedOnTheCatalog() {
        customer.given(customer.catalog(), customer.onboarding());
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(customer.catalogCondition(ConditionType.CREDENTIALS_VALID))
                        .hasValueSatisfying(it -> {
                            assertThat(it.status()).isEqualTo(Status.False);
                            assertThat(it.message())
                                    .contains(customer.catalog + "-verifier")
                                    .contains(ApiGroup.VERIFIER_LABEL);
                        }));
    }

    @Test
    void aReturningBrowserTriggersAVerificationAndProvesNothing() throws Exception {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        var uid = customer.read().getMetadata().getUid();
        var page = get("?admin_consent=True&tenant=" + customer.tenant + "&state=" + uid + ".presence&scope=x");
        assertThat(page.statusCode()).isEqualTo(200);
        customer.await("the check", it -> it.lastHandledReconcileAt() != null);
        assertThat(customer.condition(ConditionType.READY).status()).isNotEqualTo(Status.True);
        assertThat(customer.status().applications()).noneMatch(it -> it.state() == ApplicationState.Granted);
    }

    @Test
    void healthAndMetricsAreNotServedWhereThePageIsAndThePageNotWhereTheyAre() throws Exception {
        for (String path : List.of("/q", "/q/", "/q/metrics", "/q/health", "/q/health/live", "/q/health/ready")) {
            assertThat(status(callback.resolve(path))).as(path).isEqualTo(404);
        }
        assertThat(status(metrics)).isEqualTo(200);
        assertThat(status(metrics.resolve("/q/health/live"))).isEqualTo(200);
        assertThat(status(metrics.resolve("/consent/callback"))).isEqualTo(404);
    }

    private static int status(URI address) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void behindAnHttpAddressBrowsersAreNotAskedForHttps() throws Exception {
        assertThat(get("").headers().firstValue("Strict-Transport-Security")).isEmpty();
    }

    @Test
    void aConsentInAnotherTenantChangesNothing() throws Exception {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        var uid = customer.read().getMetadata().getUid();
        get("?admin_consent=True&tenant=" + UUID.randomUUID() + "&state=" + uid + ".presence");
        get("");
        assertThat(customer.read().getMetadata().getAnnotations()).isNullOrEmpty();
    }

    @Test
    void aDeletedOnboardingLeavesNothingBehindAndTheTenantAsItWas() {
        customer.given(customer.catalog(), customer.secret("right"), customer.onboarding());
        customer.consentToAll();
        customer.awaitReady();
        client.resource(customer.read()).delete();
        Awaitility.await().atMost(Customer.PATIENCE).until(() -> customer.read() == null);
        Awaitility.await()
                .atMost(Customer.PATIENCE)
                .untilAsserted(() -> assertThat(client.resources(ApplicationCatalog.class)
                                .withName(customer.catalog)
                                .get()
                                .getStatus()
                                .onboardings())
                        .isZero());
        var requests = sandbox.microsoft().requests();
        var batches = requests.count(RequestKind.BATCH, customer.tenant);
        // Another customer's check passes the time.
        var another = customer.another();
        another.given(another.onboarding());
        another.awaitReason(ConditionType.VERIFIER_AUTHORIZED, "VerifierConsentRequired");
        assertThat(requests.count(RequestKind.BATCH, customer.tenant)).isEqualTo(batches);
    }

    private HttpResponse<String> get(String query) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create(callback + query)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
