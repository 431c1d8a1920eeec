package dev.tenantops.onboarding.sandbox.rights;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.operator.ChartInstallation;
import dev.tenantops.onboarding.sandbox.operator.Conditions;
import dev.tenantops.onboarding.sandbox.operator.Installation;
import dev.tenantops.onboarding.sandbox.operator.LeaseWatch;
import dev.tenantops.onboarding.sandbox.operator.OperatorProcess;
import dev.tenantops.onboarding.sandbox.operator.OperatorSandbox;
import dev.tenantops.onboarding.sandbox.operator.OperatorSettings;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import dev.tenantops.onboarding.sandbox.process.Polling;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * All that the operator does in a cluster, once, by one process with names of its own: each step sees an effect of a right
 * at work.
 */
final class RightsScenario implements AutoCloseable {

    /** Roles are bound to the names in here. */
    static final String PROXY_NAMESPACE = "customer-proxy";

    static final OperatorSettings SETTINGS = OperatorSettings.QUICK
            .with("leader-election.lease-duration", "4s")
            .with("leader-election.renew-deadline", "3s")
            .with("leader-election.retry-period", "1s");

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** What an API server answers, or the operator says, when a right is missing. */
    private static final Pattern REFUSED = Pattern.compile("(forbidden: .*|No permission.*)");

    private static final int SHOWN = 200;
    private static final String CUSTOMER = "onboarding.tenantops.dev/customer";
    private static final String NOBODY = "00000000-0000-4000-8000-000000000001";

    private static final String CATALOG = """
            apiVersion: onboarding.tenantops.dev/v1alpha1
            kind: ApplicationCatalog
            metadata: {name: %s}
            spec:
              publisher: Acme
              cloud: Custom
              allowedNamespaces: {from: Selector, selector: {matchLabels: {onboarding.tenantops.dev/customer: "true"}}}
              verifier: {clientId: %s, credentialsRef: {name: %s}}
              applications:
              - name: presence
                displayName: Presence
                clientId: %s
                permissions: [{resource: MicrosoftGraph, application: [Presence.Read.All]}]
              plans:
              - {name: basic, applications: [presence]}
              - {name: networked, applications: [presence]}
              endpoints: [{name: chat, url: "https://chat.signalr.net", plans: [networked]}]
            """;

    private static final String ONBOARDING = """
            apiVersion: onboarding.tenantops.dev/v1alpha1
            kind: TenantOnboarding
            metadata: {name: %s, namespace: %s}
            spec:
              tenantId: %s
              licenses: [{catalog: %s, plans: [%s]}]
              %s
            """;

    private static final String PROXY = "network: {proxy: {url: \"%s\", credentialsRef: {name: proxy-credentials},"
            + " caBundleRef: {kind: ConfigMap, name: proxy-authority}}}";

    private final OperatorSandbox stage;
    private final KubernetesClient client;
    private final String id;
    private final String tenant = UUID.randomUUID().toString();
    private final List<HasMetadata> created = new ArrayList<>();
    private final OperatorProcess operator;

    /** Starts the operator in front of one onboarding whose tenant has consented. */
    RightsScenario(OperatorSandbox stage, int number) {
        this.stage = stage;
        this.client = stage.client();
        this.id = "run-" + number;
        stage.sandbox().microsoft().directory().createTenant(tenant, id);
        create(namespace(id, true));
        create(secret("early"));
        create(catalog("early"));
        create(onboarding("early", id, "early"));
        this.operator = stage.startReplica(id);
    }

    /** A customer whose proxy has credentials and an authority of its own. */
    static Samples contents(Sandbox sandbox) {
        return new Samples(
                List.of(), List.of(namespace(PROXY_NAMESPACE, true)), List.of(proxied("run-0-early", sandbox, NOBODY)));
    }

    /** Does everything, and returns what did not happen first. */
    Optional<String> run() {
        try {
            step("becomes ready", () -> Optional.of(operator.isReady()), ready -> ready);
            step("gets the Lease", this::lease, it -> id.equals(it.getSpec().getHolderIdentity()));
            var early = read("early", id);
            step("publishes links", early, it -> !it.getStatus().verifiers().isEmpty());
            step("verifies an onboarding", early, Conditions::isReady);
            step("records an Event", this::events, it -> !it.isEmpty());
            step("judges a catalog", this::catalogReady, it -> it);
            step(
                    "asks for a check when a browser returns",
                    this::callback,
                    it -> it.contains("It is now being verified"));
            changes();
            step(
                    "reads a proxy's Secret and ConfigMap",
                    proxyCustomer(),
                    it -> it.getStatus()
                            .condition(ConditionType.NETWORK_REACHABLE)
                            .filter(condition -> !condition.reason().equals("SecretNotReadable")
                                    && !condition.reason().equals("Probing"))
                            .isPresent());
            ZonedDateTime renewed = lease().orElseThrow().getSpec().getRenewTime();
            step(
                    "renews the Lease",
                    this::lease,
                    it -> it.getSpec().getRenewTime().isAfter(renewed));
            return Optional.empty();
        } catch (Broken e) {
            return Optional.of(e.getMessage());
        }
    }

    /** What the operator has to notice while it runs. */
    private void changes() {
        create(onboarding("new", id, "early"));
        step("notices a new onboarding", read("new", id), Conditions::isReady);
        create(onboarding("waiting", id, "late"));
        create(catalog("late"));
        step(
                "notices a new catalog",
                read("waiting", id),
                it -> !it.getStatus().verifiers().isEmpty());
        create(secret("late"));
        step("notices a new Secret of a verifier", read("waiting", id), Conditions::isReady);
        String strange = id + "-strange";
        create(namespace(strange, false));
        create(onboarding("strange", strange, "early"));
        step(
                "knows the labels of namespaces",
                read("strange", strange),
                it -> Conditions.hasReason(it.getStatus(), ConditionType.READY, "NamespaceNotAllowed"));
        client.namespaces().withName(strange).edit(it -> {
            it.getMetadata().getLabels().put(CUSTOMER, "true");
            return it;
        });
        step("notices a changed label of a namespace", read("strange", strange), Conditions::isReady);
    }

    private Supplier<Optional<TenantOnboarding>> proxyCustomer() {
        TenantOnboarding onboarding = proxied(id + "-early", stage.sandbox(), tenant);
        create(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("proxy-authority")
                .withNamespace(PROXY_NAMESPACE)
                .endMetadata()
                .addToData("ca.crt", LocalFiles.read(stage.sandbox().caBundle()))
                .build());
        create(onboarding);
        return () -> stage.read(onboarding);
    }

    private <T> void step(String what, Supplier<Optional<T>> look, Predicate<T> expected) {
        try {
            Polling.until(LIMIT, () -> alive(look), expected);
        } catch (Polling.TimedOut | IllegalStateException e) {
            throw new Broken("no longer %s%s".formatted(what, why(look)));
        }
    }

    private <T> Optional<T> alive(Supplier<Optional<T>> look) {
        operator.exitCode().ifPresent(it -> {
            throw new IllegalStateException("the operator ended with exit code " + it);
        });
        return look.get();
    }

    /** The process's end, the condition of what was looked at, and what the log says of a refusal. */
    private <T> String why(Supplier<Optional<T>> look) {
        List<String> seen = new ArrayList<>();
        operator.exitCode().ifPresent(it -> seen.add("exit code " + it));
        if (operator.exitCode().isEmpty() && look.get().orElse(null) instanceof TenantOnboarding onboarding) {
            seen.add(Conditions.describe(onboarding.getStatus(), ConditionType.READY));
            onboarding
                    .getStatus()
                    .condition(ConditionType.NETWORK_REACHABLE)
                    .ifPresent(it -> seen.add(it.reason() + ": " + it.message()));
        }
        REFUSED.matcher(LocalFiles.read(operator.log()))
                .results()
                .map(it -> it.group(1))
                .reduce((first, second) -> second)
                .ifPresent(it -> seen.add("log: " + it.substring(0, Math.min(it.length(), SHOWN))));
        return seen.isEmpty() ? "" : " (" + String.join("; ", seen) + ")";
    }

    private Optional<Lease> lease() {
        return new LeaseWatch(client, ChartInstallation.FULL_NAME).lease();
    }

    private Optional<List<Event>> events() {
        return Optional.of(client.events().v1().events().inNamespace(id).list().getItems());
    }

    private Optional<Boolean> catalogReady() {
        return Optional.ofNullable(client.resources(ApplicationCatalog.class)
                        .withName(id + "-early")
                        .get())
                .map(it -> it.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals(ConditionType.READY)
                                && condition.status() == Condition.Status.True));
    }

    private Optional<String> callback() {
        TenantOnboarding known = read("early", id).get().orElseThrow();
        return operator.get("/consent/callback?admin_consent=True&tenant=%s&state=%s.presence"
                        .formatted(tenant, known.getMetadata().getUid()))
                .map(HttpResponse::body);
    }

    private Supplier<Optional<TenantOnboarding>> read(String name, String namespace) {
        return () -> Optional.ofNullable(client.resources(TenantOnboarding.class)
                .inNamespace(namespace)
                .withName(name)
                .get());
    }

    private ApplicationCatalog catalog(String name) {
        ApplicationCatalog catalog = YAML.unmarshal(
                CATALOG.formatted(id + "-" + name, UUID.randomUUID(), id + "-" + name, UUID.randomUUID()),
                ApplicationCatalog.class);
        SimulatedDirectory directory = stage.sandbox().microsoft().directory();
        directory.register(catalog, OperatorSandbox.VERIFIER_SECRET);
        directory.consent(tenant, catalog.getSpec().verifier().clientId());
        catalog.getSpec().applications().forEach(it -> directory.consent(tenant, it.clientId()));
        return catalog;
    }

    private Secret secret(String catalog) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(id + "-" + catalog)
                .withNamespace(Installation.NAMESPACE)
                .addToLabels(ApiGroup.VERIFIER_LABEL, "true")
                .endMetadata()
                .addToStringData("clientSecret", OperatorSandbox.VERIFIER_SECRET)
                .build();
    }

    private TenantOnboarding onboarding(String name, String namespace, String catalog) {
        return YAML.unmarshal(
                ONBOARDING.formatted(name, namespace, tenant, id + "-" + catalog, "basic", ""), TenantOnboarding.class);
    }

    private static TenantOnboarding proxied(String catalog, Sandbox sandbox, String tenant) {
        String network = PROXY.formatted(sandbox.proxy().url());
        return YAML.unmarshal(
                ONBOARDING.formatted(catalog, PROXY_NAMESPACE, tenant, catalog, "networked", network),
                TenantOnboarding.class);
    }

    private static Namespace namespace(String name, boolean customer) {
        return new NamespaceBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels(customer ? Map.of(CUSTOMER, "true") : Map.of())
                .endMetadata()
                .build();
    }

    private void create(HasMetadata resource) {
        client.resource(resource).create();
        created.add(resource);
    }

    /** Ends the operator, and deletes what was created; namespaces stay, since nothing would empty them. */
    @Override
    public void close() {
        operator.close();
        created.stream()
                .filter(it -> !(it instanceof Namespace))
                .forEach(it -> client.resource(it).delete());
    }

    private static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String message) {
            super(message);
        }
    }
}
