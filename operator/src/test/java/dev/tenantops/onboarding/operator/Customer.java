package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A customer with a tenant, a namespace and a catalog of its own, so that tests do not see each other. */
final class Customer {

    static final Duration PATIENCE = Duration.ofSeconds(40);

    private static final AtomicInteger COUNT = new AtomicInteger();

    final String catalog;
    final String namespace;
    final String tenant = UUID.randomUUID().toString();
    final String presence;
    final String console;
    final String verifier;

    private final KubernetesClient client;
    private final SimulatedDirectory directory;
    private final String replyUrl;

    Customer(KubernetesClient client, SimulatedDirectory directory, String replyUrl) {
        this(
                client,
                directory,
                replyUrl,
                "catalog-" + COUNT.incrementAndGet(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString(),
                UUID.randomUUID().toString());
    }

    private Customer(
            KubernetesClient client,
            SimulatedDirectory directory,
            String replyUrl,
            String catalog,
            String presence,
            String console,
            String verifier) {
        this.client = client;
        this.directory = directory;
        this.replyUrl = replyUrl;
        this.catalog = catalog;
        this.presence = presence;
        this.console = console;
        this.verifier = verifier;
        this.namespace = "customer-" + COUNT.incrementAndGet();
        directory.createTenant(tenant, "Contoso " + namespace);
        namespace(SandboxResource.OPERATOR_NAMESPACE, Map.of());
        namespace(namespace, Map.of("customer", "true"));
    }

    /** Another customer of the same vendor. */
    Customer another() {
        return new Customer(client, directory, replyUrl, catalog, presence, console, verifier);
    }

    void consentToAll() {
        directory.consent(tenant, verifier);
        directory.consent(tenant, presence);
        directory.consent(tenant, console);
    }

    HasMetadata catalog() {
        return catalog("from: All");
    }

    HasMetadata catalog(String allowed) {
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
        directory.register(parsed, "right", List.of(replyUrl));
        return parsed;
    }

    Secret secret(String value) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(catalog + "-verifier")
                .withNamespace(SandboxResource.OPERATOR_NAMESPACE)
                .addToLabels(ApiGroup.VERIFIER_LABEL, "true")
                .endMetadata()
                .addToStringData("clientSecret", value)
                .build();
    }

    HasMetadata onboarding() {
        return onboarding("plans: [common, extend]");
    }

    HasMetadata onboarding(String plans) {
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

    void given(HasMetadata... resources) {
        for (HasMetadata resource : resources) {
            client.resource(resource).create();
        }
    }

    void namespace(String name, Map<String, String> labels) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withLabels(labels)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** Whatever is created afterwards is younger, by the seconds that the API server counts in. */
    void awaitLaterSecond() {
        var created = Instant.parse(read().getMetadata().getCreationTimestamp());
        Awaitility.await().atMost(PATIENCE).until(() -> Instant.now().isAfter(created.plusSeconds(1)));
    }

    void edit(String field, boolean value) {
        merge("{\"spec\":{\"" + field + "\":" + value + "}}");
    }

    void annotate(String value) {
        merge("{\"metadata\":{\"annotations\":{\"" + TenantOnboarding.RECONCILE_REQUESTED_AT + "\":\"" + value
                + "\"}}}");
    }

    void merge(String patch) {
        client.resources(TenantOnboarding.class)
                .inNamespace(namespace)
                .withName("contoso")
                .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
    }

    TenantOnboarding read() {
        return client.resources(TenantOnboarding.class)
                .inNamespace(namespace)
                .withName("contoso")
                .get();
    }

    TenantOnboardingStatus status() {
        return read().getStatus();
    }

    Condition condition(String type) {
        return status().condition(type).orElseThrow();
    }

    Optional<Condition> catalogCondition(String type) {
        return Optional.ofNullable(client.resources(ApplicationCatalog.class)
                        .withName(catalog)
                        .get())
                .map(ApplicationCatalog::getStatus)
                .flatMap(status -> status.conditions().stream()
                        .filter(it -> it.type().equals(type))
                        .findFirst());
    }

    List<Event> events(String reason) {
        return client.events().v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(it -> it.getReason().equals(reason))
                .toList();
    }

    void await(String what, Predicate<TenantOnboardingStatus> expected) {
        Awaitility.await(what).atMost(PATIENCE).until(this::status, expected::test);
    }

    void awaitReady() {
        await(
                "Ready",
                it -> it.condition(ConditionType.READY)
                        .filter(ready -> ready.status() == Status.True)
                        .isPresent());
    }

    void awaitReason(String type, String reason) {
        await(
                type + " " + reason,
                it -> it.condition(type)
                        .filter(condition -> condition.reason().equals(reason))
                        .isPresent());
    }
}
