package dev.tenantops.onboarding.sandbox;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Network;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A sandbox with catalogs and onboardings in its API server, their registrations and tenants in the simulated cloud, and
 * the packaged operator running against both.
 */
final class OperatorSandbox {

    static final String NAMESPACE = "tenant-onboarding";
    private static final String VERIFIER_SECRET = "sandbox-only";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Sandbox sandbox;
    private final Samples contents;
    private final KubernetesClient client;
    private final OperatorProcess operator;

    private OperatorSandbox(
            OpenResources resources, Function<Sandbox, Samples> contents, Map<String, String> configuration) {
        sandbox = Sandbox.start(resources);
        client = resources.add(sandbox.newClient());
        this.contents = contents.apply(sandbox);
        int port = OperatorProcess.freePort();
        sandbox.apiServer().define(Samples.definitions());
        registerWithMicrosoft(OperatorProcess.urlOf(port) + "/consent/callback");
        applyContents();
        operator = resources.add(OperatorProcess.start(
                Samples.repository().resolve("operator/target/quarkus-app/quarkus-run.jar"),
                port,
                environment(port, configuration),
                logFile()));
    }

    /**
     * Starts everything. The operator is started, but not yet ready.
     *
     * @param contents what to apply
     * @param configuration of the operator, on top of what leads it to the sandbox
     */
    static OperatorSandbox start(
            OpenResources resources, Function<Sandbox, Samples> contents, Map<String, String> configuration) {
        return new OperatorSandbox(resources, contents, configuration);
    }

    /** Starts everything with the samples of this repository, checked every two seconds. */
    static OperatorSandbox startWithSamples(OpenResources resources) {
        return start(
                resources,
                sandbox -> Samples.load().inCustomCloud(sandbox.proxy().url()),
                Map.of("ONBOARDING_VERIFICATION_INTERVAL", "2s"));
    }

    Sandbox sandbox() {
        return sandbox;
    }

    Samples contents() {
        return contents;
    }

    KubernetesClient client() {
        return client;
    }

    OperatorProcess operator() {
        return operator;
    }

    void awaitOperator() {
        Polling.until(START_LIMIT, () -> Optional.of(operator.isReady()), ready -> ready);
    }

    /** The onboarding as the API server has it now. */
    Optional<TenantOnboarding> read(TenantOnboarding onboarding) {
        return Optional.ofNullable(client.resources(TenantOnboarding.class)
                .inNamespace(onboarding.getMetadata().getNamespace())
                .withName(onboarding.getMetadata().getName())
                .get());
    }

    ApplicationCatalog catalog(String name) {
        return contents.catalogs().stream()
                .filter(it -> it.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void registerWithMicrosoft(String redirectUri) {
        contents.catalogs().stream()
                .flatMap(it -> Registrations.of(it, VERIFIER_SECRET, redirectUri).stream())
                .forEach(sandbox.microsoft().directory()::register);
        contents.onboardings()
                .forEach(it -> sandbox.microsoft()
                        .directory()
                        .createTenant(it.getSpec().tenantId(), it.getMetadata().getName()));
    }

    private void applyContents() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        contents.namespaces().forEach(it -> client.resource(it).create());
        contents.catalogs().forEach(it -> client.resource(verifierSecret(it)).create());
        contents.catalogs().forEach(it -> client.resource(it).create());
        contents.onboardings()
                .forEach(it -> proxySecret(it)
                        .ifPresent(secret -> client.resource(secret).create()));
        contents.onboardings().forEach(it -> client.resource(it).create());
    }

    private static Secret verifierSecret(ApplicationCatalog catalog) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(catalog.getSpec().verifier().credentialsRef().name())
                .withNamespace(NAMESPACE)
                .addToLabels(ApiGroup.VERIFIER_LABEL, "true")
                .endMetadata()
                .addToStringData("clientSecret", VERIFIER_SECRET)
                .build();
    }

    private static Optional<Secret> proxySecret(TenantOnboarding onboarding) {
        return Optional.ofNullable(onboarding.getSpec().network())
                .map(Network::proxy)
                .map(Proxy::credentialsRef)
                .map(reference -> new SecretBuilder()
                        .withNewMetadata()
                        .withName(reference.name())
                        .withNamespace(onboarding.getMetadata().getNamespace())
                        .endMetadata()
                        .addToStringData("username", Sandbox.PROXY_CREDENTIALS.username())
                        .addToStringData("password", Sandbox.PROXY_CREDENTIALS.password())
                        .build());
    }

    private Map<String, String> environment(int port, Map<String, String> configuration) {
        String microsoft = sandbox.microsoft().url().toString();
        Map<String, String> environment = new HashMap<>(Map.of(
                "KUBECONFIG",
                sandbox.kubeconfig().toString(),
                "ONBOARDING_NAMESPACE",
                NAMESPACE,
                "ONBOARDING_CLOUDS_CUSTOM_LOGIN_URL",
                microsoft,
                "ONBOARDING_CLOUDS_CUSTOM_GRAPH_URL",
                microsoft,
                "ONBOARDING_TLS_CA_BUNDLE",
                sandbox.caBundle().toString(),
                "ONBOARDING_PUBLIC_URL",
                OperatorProcess.urlOf(port).toString(),
                "ONBOARDING_NETWORK_ALLOWED_RANGES",
                "127.0.0.0/8"));
        environment.putAll(configuration);
        return environment;
    }

    /** Outside the sandbox's own folder, so that it can be read afterwards. */
    private static Path logFile() {
        return Samples.repository().resolve("samples/sandbox/target/operator.log");
    }
}
