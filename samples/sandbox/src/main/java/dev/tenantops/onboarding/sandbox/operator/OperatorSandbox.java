package dev.tenantops.onboarding.sandbox.operator;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Network;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import dev.tenantops.onboarding.sandbox.process.Polling;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A sandbox with catalogs and onboardings in its API server, their registrations and tenants in the simulated cloud, and
 * the packaged operator running against both. Used by one thread.
 */
public final class OperatorSandbox {

    public static final String VERIFIER_SECRET = "sandbox-only";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final int CREATED_AT_ONCE = 16;

    private final OpenResources resources;
    private final Sandbox sandbox;
    private final Samples contents;
    private final KubernetesClient client;
    private final Installation installation;
    private final int port = OperatorProcess.freePort();
    private final Deque<OperatorProcess> replicas = new ArrayDeque<>();
    private Optional<OperatorProcess> page = Optional.empty();

    private OperatorSandbox(
            OpenResources resources,
            Function<Sandbox, Samples> contents,
            Function<Sandbox, OperatorSettings> settings,
            boolean chart) {
        this.resources = resources;
        this.sandbox = Sandbox.start(resources);
        this.client = resources.add(sandbox.newClient());
        this.contents = contents.apply(sandbox);
        this.installation = chart
                ? new ChartInstallation(sandbox, client, this.contents.onboardings())
                : new JarInstallation(sandbox);
        createNamespaces();
        installation.install(inSandbox(settings.apply(sandbox)));
        registerWithMicrosoft(OperatorProcess.urlOf(port) + "/consent/callback");
        applyContents();
    }

    /** Starts everything but the operator, which is installed as a jar, and applies the contents. */
    public static OperatorSandbox start(
            OpenResources resources, Function<Sandbox, Samples> contents, OperatorSettings settings) {
        return new OperatorSandbox(resources, contents, _ -> settings, false);
    }

    /** Why the chart cannot be installed on this machine: there is no Helm, and none can be had. */
    public static Optional<String> chartObstacle() {
        try {
            Helm.provide(Helm.VERSION);
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** The same with the chart, which is installed with Helm. */
    public static OperatorSandbox startWithChart(
            OpenResources resources, Function<Sandbox, Samples> contents, OperatorSettings settings) {
        return startWithChart(resources, contents, _ -> settings);
    }

    /** The same with settings that depend on where things are; they replace those of the sandbox. */
    public static OperatorSandbox startWithChart(
            OpenResources resources,
            Function<Sandbox, Samples> contents,
            Function<Sandbox, OperatorSettings> settings) {
        return new OperatorSandbox(resources, contents, settings, true);
    }

    /**
     * Starts everything with the samples of this repository; the operator checks every two seconds.
     *
     * @param chart whether the operator is installed with Helm
     */
    public static OperatorSandbox startWithSamples(OpenResources resources, boolean chart) {
        OperatorSandbox stage = new OperatorSandbox(
                resources,
                sandbox -> Samples.load().inCustomCloud(sandbox.proxy().url()),
                _ -> OperatorSettings.QUICK.with("page.enabled", "true"),
                chart);
        stage.startOperatorBehindPage();
        return stage;
    }

    /**
     * Starts all replicas of the operator. The one that browsers reach is the last, and not ready yet: so where several
     * are, it is not the one that verifies.
     */
    void startOperator() {
        for (int number = installation.replicas(); number > 1; number--) {
            startReplica("operator-" + number);
            awaitOperator();
        }
        start("operator-1", port, logFile());
    }

    /** The same where browsers reach the page, and the operator serves nobody but health and metrics. */
    private void startOperatorBehindPage() {
        for (int number = installation.replicas(); number > 0; number--) {
            if (!replicas.isEmpty()) {
                awaitOperator();
            }
            start("operator-" + number, OperatorProcess.freePort(), logFile());
        }
        Polling.until(START_LIMIT, this::pageKeys, _ -> true);
        page = Optional.of(startPage());
    }

    /**
     * What the operator has created for the page, if it has.
     *
     * @throws IllegalStateException when the operator has ended, and never will
     */
    private Optional<Secret> pageKeys() {
        operator().isReady();
        return Optional.ofNullable(client.secrets()
                .inNamespace(Installation.NAMESPACE)
                .withName(Installation.PAGE_KEYS)
                .get());
    }

    private OperatorProcess startPage() {
        return resources.add(OperatorProcess.startPage(
                installation.launchPage("page-1"), port, logFile().resolveSibling("page.log")));
    }

    /** Starts the page anew where it was, after it was stopped. */
    public OperatorProcess restartPage() {
        OperatorProcess started = startPage();
        page = Optional.of(started);
        return started;
    }

    /** The process of the administrators' pages, where there is one. */
    public Optional<OperatorProcess> page() {
        return page;
    }

    /** Where browsers reach the page, and return to from consent. */
    public URI publicUrl() {
        return OperatorProcess.urlOf(port);
    }

    /** Starts one more replica, which is not ready yet. */
    public OperatorProcess startReplica(String name) {
        return start(name, OperatorProcess.freePort(), logFile().resolveSibling(name + ".log"));
    }

    /** Starts one more replica with what {@code adapted} makes of the way in which it would be started. */
    public OperatorProcess startReplica(String name, UnaryOperator<Installation.Launch> adapted, Path log) {
        return resources.add(
                OperatorProcess.start(adapted.apply(installation.launch(name)), OperatorProcess.freePort(), log));
    }

    private OperatorProcess start(String name, int on, Path log) {
        OperatorProcess started = resources.add(OperatorProcess.start(installation.launch(name), on, log));
        replicas.push(started);
        return started;
    }

    public Sandbox sandbox() {
        return sandbox;
    }

    public Samples contents() {
        return contents;
    }

    public KubernetesClient client() {
        return client;
    }

    public Installation installation() {
        return installation;
    }

    /** The replica that was started last: the only one, or the one that browsers reach. */
    public OperatorProcess operator() {
        return replicas.element();
    }

    public List<OperatorProcess> replicas() {
        return List.copyOf(replicas);
    }

    public void awaitOperator() {
        Polling.until(START_LIMIT, () -> Optional.of(operator().isReady()), ready -> ready);
    }

    public void awaitPage() {
        Polling.until(START_LIMIT, () -> Optional.of(page.orElseThrow().isReady()), ready -> ready);
    }

    /** The onboarding as the API server has it now. */
    public Optional<TenantOnboarding> read(TenantOnboarding onboarding) {
        return Optional.ofNullable(client.resources(TenantOnboarding.class)
                .inNamespace(onboarding.getMetadata().getNamespace())
                .withName(onboarding.getMetadata().getName())
                .get());
    }

    public ApplicationCatalog catalog(String name) {
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
                        it.getSpec().tenantId(), capitalized(it.getMetadata().getName())));
    }

    /** As an organization writes its name. */
    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private void createNamespaces() {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(Installation.NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        contents.namespaces().forEach(it -> client.resource(it).create());
    }

    private void applyContents() {
        contents.catalogs().forEach(it -> client.resource(verifierSecret(it)).create());
        contents.catalogs().forEach(it -> client.resource(it).create());
        contents.onboardings()
                .forEach(it -> proxySecret(it)
                        .ifPresent(secret -> client.resource(secret).create()));
        createAtOnce(contents.onboardings());
    }

    /** There may be ten thousand, and each waits for the API server's disk. */
    private void createAtOnce(List<TenantOnboarding> onboardings) {
        try (ExecutorService creators = Executors.newFixedThreadPool(CREATED_AT_ONCE)) {
            List<Future<?>> created = new ArrayList<>();
            onboardings.forEach(
                    it -> created.add(creators.submit(() -> client.resource(it).create())));
            for (Future<?> one : created) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while onboardings were created", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an onboarding could not be created", e.getCause());
        }
    }

    public static Secret verifierSecret(ApplicationCatalog catalog) {
        return new SecretBuilder()
                .withNewMetadata()
                .withName(catalog.getSpec().verifier().credentialsRef().name())
                .withNamespace(Installation.NAMESPACE)
                .addToLabels(ApiGroup.VERIFIER_LABEL, "true")
                .endMetadata()
                .addToStringData("clientSecret", VERIFIER_SECRET)
                .build();
    }

    private static Optional<Secret> proxySecret(TenantOnboarding onboarding) {
        return Optional.ofNullable(onboarding.getSpec().network())
                .map(Network::proxy)
                .filter(it -> it.credentialsRef() != null)
                .map(proxy -> new SecretBuilder()
                        .withNewMetadata()
                        .withName(proxy.credentialsRef().name())
                        .withNamespace(onboarding.getMetadata().getNamespace())
                        .addToLabels(ApiGroup.PROXY_LABEL, "true")
                        .endMetadata()
                        .addToStringData("host", URI.create(proxy.url()).getAuthority())
                        .addToStringData("username", Sandbox.PROXY_CREDENTIALS.username())
                        .addToStringData("password", Sandbox.PROXY_CREDENTIALS.password())
                        .build());
    }

    private OperatorSettings inSandbox(OperatorSettings settings) {
        String microsoft = sandbox.microsoft().url().toString();
        return new OperatorSettings(Map.of(
                        "clouds.custom.login-url",
                        microsoft,
                        "clouds.custom.graph-url",
                        microsoft,
                        "public-url",
                        OperatorProcess.urlOf(port).toString(),
                        "network.allowed-ranges",
                        "127.0.0.0/8"))
                .with(settings.keys());
    }

    public static Path logFile() {
        return target().resolve("operator.log");
    }

    /** Outside the sandbox's own folder, so that it can be read afterwards. */
    public static Path target() {
        return Samples.repository().resolve("samples/sandbox/target");
    }
}
