package dev.tenantops.onboarding.sandbox;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Network;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import dev.tenantops.onboarding.sandbox.microsoft.SimulatedDirectory;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A sandbox with catalogs and onboardings in its API server, their registrations and tenants in the simulated cloud, and
 * the packaged operator running against both. Used by one thread.
 */
final class OperatorSandbox {

    static final String NAMESPACE = "tenant-onboarding";
    static final String VERIFIER_SECRET = "sandbox-only";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final OpenResources resources;
    private final Sandbox sandbox;
    private final Samples contents;
    private final KubernetesClient client;
    private final int port = OperatorProcess.freePort();
    private OperatorProcess operator;

    private OperatorSandbox(OpenResources resources, Function<Sandbox, Samples> contents) {
        this.resources = resources;
        this.sandbox = Sandbox.start(resources);
        this.client = resources.add(sandbox.newClient());
        this.contents = contents.apply(sandbox);
        sandbox.apiServer().define(Samples.definitions());
        registerWithMicrosoft(OperatorProcess.urlOf(port) + "/consent/callback");
        applyContents();
    }

    /** Starts everything but the operator, and applies the contents. */
    static OperatorSandbox start(OpenResources resources, Function<Sandbox, Samples> contents) {
        return new OperatorSandbox(resources, contents);
    }

    /** Starts everything with the samples of this repository; the operator checks every two seconds. */
    static OperatorSandbox startWithSamples(OpenResources resources) {
        OperatorSandbox stage = start(
                resources,
                sandbox -> Samples.load().inCustomCloud(sandbox.proxy().url()));
        // Minutes in production, where another replica of the directory may still show the past.
        stage.startOperator(Map.of(
                "ONBOARDING_VERIFICATION_INTERVAL", "2s",
                "ONBOARDING_VERIFICATION_REVOCATION_CONFIRMATION", "5s",
                "ONBOARDING_VERIFICATION_PROPAGATION", "10s",
                "ONBOARDING_VERIFICATION_STALL_AFTER", "5s",
                "ONBOARDING_NETWORK_WEBSOCKET_HOLD", "1s",
                "ONBOARDING_NETWORK_CONFIRMATION", "1s"));
        return stage;
    }

    /**
     * Starts the operator, which is not ready yet then.
     *
     * @param configuration environment variables on top of those that lead it to the sandbox
     */
    void startOperator(Map<String, String> configuration) {
        operator = resources.add(OperatorProcess.start(
                Samples.repository().resolve("operator/target/quarkus-app/quarkus-run.jar"),
                port,
                environment(configuration),
                logFile()));
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
        SimulatedDirectory directory = sandbox.microsoft().directory();
        contents.catalogs().forEach(it -> directory.register(it, VERIFIER_SECRET, List.of(redirectUri)));
        contents.onboardings()
                .forEach(it -> directory.createTenant(
                        it.getSpec().tenantId(), it.getMetadata().getName()));
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

    static Secret verifierSecret(ApplicationCatalog catalog) {
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

    private Map<String, String> environment(Map<String, String> configuration) {
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

    static Path logFile() {
        return target().resolve("operator.log");
    }

    /** Outside the sandbox's own folder, so that it can be read afterwards. */
    static Path target() {
        return Samples.repository().resolve("samples/sandbox/target");
    }
}
