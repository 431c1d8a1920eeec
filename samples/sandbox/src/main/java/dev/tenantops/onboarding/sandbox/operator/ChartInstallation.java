package dev.tenantops.onboarding.sandbox.operator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.CaBundleReference;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Network;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The chart, installed with Helm. Its pods are processes of this machine, with the rights of its ServiceAccount alone. */
public final class ChartInstallation implements Installation {

    public static final String RELEASE = "onboarding";
    public static final String FULL_NAME = RELEASE + "-tenant-onboarding-operator";
    public static final Path CHART = Samples.repository().resolve("helm/tenant-onboarding-operator");

    private static final String AUTHORITY = "sandbox-authority";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final Sandbox sandbox;
    private final KubernetesClient client;
    private final List<TenantOnboarding> onboardings;
    private final String release;
    private final Helm helm = Helm.provide(Helm.VERSION);

    /** @param onboardings whose proxies' Secrets and ConfigMaps the operator has to read */
    ChartInstallation(Sandbox sandbox, KubernetesClient client, List<TenantOnboarding> onboardings) {
        this(sandbox, client, onboardings, RELEASE);
    }

    private ChartInstallation(
            Sandbox sandbox, KubernetesClient client, List<TenantOnboarding> onboardings, String release) {
        this.sandbox = sandbox;
        this.client = client;
        this.onboardings = onboardings;
        this.release = release;
    }

    /**
     * Installs another release beside this one, with the same values but these, and the definitions that are there.
     *
     * @param values as in {@code helm install --set}
     */
    public ChartInstallation another(String name, String values) {
        ChartInstallation other = new ChartInstallation(sandbox, client, onboardings, name);
        other.helm(
                "install", CHART.toString(), "--values", values().toString(), "--set", "crds.install=false," + values);
        return other;
    }

    @Override
    public void install(OperatorSettings settings) {
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(AUTHORITY)
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .addToData("ca.crt", LocalFiles.read(sandbox.caBundle()))
                        .build())
                .create();
        ObjectNode values = settings.chartValues();
        values.withObject("/caBundle").put("name", AUTHORITY);
        values.withObject("/log").put("format", "text");
        // There is nothing between the Service and the process.
        values.withObject("/service")
                .put("port", URI.create(values.path("publicUrl").asText()).getPort());
        ArrayNode namespaces = values.withArray("onboardingNamespaces");
        onboardings.forEach(it ->
                namespaces.addAll(Optional.ofNullable(it.getSpec().network())
                        .map(Network::proxy)
                        .filter(proxy -> proxy.credentialsRef() != null || proxy.caBundleRef() != null)
                        .map(proxy -> namespace(it.getMetadata().getNamespace(), proxy))
                        .stream()
                        .toList()));
        LocalFiles.write(values(), YAML.asYaml(values));
        helm("install", CHART.toString(), "--values", values().toString());
    }

    private Path values() {
        return sandbox.directory().resolve("values.yaml");
    }

    /** Runs a command of Helm on the release. */
    public String helm(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, release));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of(
                "--namespace", NAMESPACE, "--kubeconfig", sandbox.kubeconfig().toString()));
        Helm.Result result = helm.run(arguments.toArray(String[]::new));
        if (result.exitCode() != 0) {
            throw new IllegalStateException("helm " + command + ": " + result.output());
        }
        return result.output();
    }

    @Override
    public int replicas() {
        return deployment("").getSpec().getReplicas();
    }

    @Override
    public Launch launch(String name) {
        return launch(deployment(""), name);
    }

    @Override
    public Launch launchPage(String name) {
        return launch(deployment("-page"), name);
    }

    private Launch launch(Deployment deployment, String name) {
        return new Kubelet(sandbox, client).launch(deployment.getSpec().getTemplate(), NAMESPACE, name);
    }

    /** By its labels, since a release may give its objects another name. */
    private Deployment deployment(String suffix) {
        List<Deployment> found = client.apps()
                .deployments()
                .inNamespace(NAMESPACE)
                .withLabel("app.kubernetes.io/instance", release)
                .withLabel("app.kubernetes.io/name", "tenant-onboarding-operator" + suffix)
                .list()
                .getItems();
        if (found.size() != 1) {
            throw new IllegalStateException("release %s has %d deployments tenant-onboarding-operator%s"
                    .formatted(release, found.size(), suffix));
        }
        return found.getFirst();
    }

    private static ObjectNode namespace(String name, Proxy proxy) {
        ObjectNode namespace = YAML.unmarshal("{}", ObjectNode.class).put("namespace", name);
        Optional.ofNullable(proxy.credentialsRef())
                .ifPresent(it -> namespace.withArray("secrets").add(it.name()));
        Optional.ofNullable(proxy.caBundleRef())
                .ifPresent(it -> namespace
                        .withArray(it.kind() == CaBundleReference.Kind.Secret ? "secrets" : "configMaps")
                        .add(it.name()));
        return namespace;
    }
}
