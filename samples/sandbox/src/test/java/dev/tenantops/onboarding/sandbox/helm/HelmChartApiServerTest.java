package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.helm.HelmChart.Combination;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real API server says of what the chart renders, and of what it installs. */
class HelmChartApiServerTest {

    /** Their definitions come with other products, so these are rendered only. */
    private static final Set<String> FOREIGN = Set.of("ServiceMonitor", "PodMonitor", "PrometheusRule", "HTTPRoute");

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    private static final String FOLDER = HelmChart.FOLDER.toString();

    private static HelmChart chart;
    private static ApiServer server;
    private static KubernetesClient client;
    private static Kubectl kubectl;

    @TempDir
    static Path folder;

    @BeforeAll
    static void start() throws IOException {
        chart = HelmChart.withHelm(HelmChart.VERSION);
        server = ApiServer.start();
        client = server.newClient();
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
        kubectl = new Kubectl(server.kubectl(), kubeconfig);
        Stream.of(HelmChart.NAMESPACE, "customer-fabrikam", "customer-contoso")
                .forEach(HelmChartApiServerTest::createNamespace);
        server.define(Samples.definitions());
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    static Stream<Combination> combinations() {
        return HelmChart.combinations();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void acceptsEveryObjectAndKnowsEveryFieldOfIt(Combination combination) throws IOException {
        List<JsonNode> objects = HelmChart.objects(chart.render(combination)).stream()
                .filter(it -> !FOREIGN.contains(it.path("kind").asText()))
                .toList();
        Path manifest = Files.writeString(
                folder.resolve(combination + ".yaml"),
                objects.stream().map(YAML::asYaml).collect(Collectors.joining("---\n")));
        Kubectl.Result result =
                kubectl.run("create", "--dry-run=server", "--validate=strict", "--filename", manifest.toString());
        assertThat(result.output().lines().filter(it -> it.endsWith("(server dry run)")))
                .as(result.output())
                .hasSize(objects.size());
        assertThat(result.output()).doesNotContain("Warning");
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void podsMeetTheRestrictedStandard(Combination combination) {
        String namespace = "restricted-" + combination;
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        List<PodSpec> pods = HelmChart.objects(chart.render(combination)).stream()
                .flatMap(HelmChartApiServerTest::pod)
                .toList();
        assertThat(pods)
                .as("the operator and the test, and where it is on the page")
                .hasSizeBetween(2, 3)
                .allSatisfy(it -> assertThatCode(() -> client.resource(new PodBuilder()
                                        .withNewMetadata()
                                        .withName("pod")
                                        .withNamespace(namespace)
                                        .endMetadata()
                                        .withSpec(it)
                                        .build())
                                .dryRun()
                                .create())
                        .doesNotThrowAnyException());
    }

    private static Stream<PodSpec> pod(JsonNode object) {
        return switch (object.path("kind").asText()) {
            case "Deployment" ->
                Stream.of(YAML.convertValue(object, Deployment.class)
                        .getSpec()
                        .getTemplate()
                        .getSpec());
            case "Pod" -> Stream.of(YAML.convertValue(object, Pod.class).getSpec());
            default -> Stream.empty();
        };
    }

    @Test
    void theExamplesOfTheChartAreValid() {
        JsonNode annotations = HelmChart.yaml(LocalFiles.read(HelmChart.FOLDER.resolve("Chart.yaml")))
                .path("annotations");
        JsonNode examples =
                HelmChart.yaml(annotations.path("artifacthub.io/crdsExamples").asText());
        assertThat(examples).hasSize(2);
        createNamespace("customer-example");
        for (JsonNode example : examples) {
            JsonNode placed = example.deepCopy();
            if (placed.path("metadata").has("namespace")) {
                ((ObjectNode) placed.path("metadata")).put("namespace", "customer-example");
            }
            assertThatCode(() -> client.resource(YAML.asYaml(placed)).dryRun().create())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ApiServer.DEFAULT_VERSION, "1.34.4"})
    void uninstallingKeepsTheDefinitionsAndTheCatalogsAndTheNextReleaseTakesThemOver(String version)
            throws IOException {
        try (ApiServer other = ApiServer.start(version);
                KubernetesClient administrator = other.newClient()) {
            Path config = Files.writeString(folder.resolve("kubeconfig-" + version), other.kubeconfig());
            helm(config, "install", FOLDER, "--create-namespace");
            Samples.load().catalogs().forEach(it -> administrator.resource(it).create());
            helm(
                    config,
                    "upgrade",
                    FOLDER,
                    "--set",
                    "publicUrl=https://onboarding.example.com,service.port=80,replicaCount=1,leaderElection.enabled=false");
            assertThat(publicUrl(administrator)).isEqualTo("https://onboarding.example.com");

            helm(config, "uninstall");
            assertThat(administrator
                            .apps()
                            .deployments()
                            .inAnyNamespace()
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(administrator.resources(ApplicationCatalog.class).list().getItems())
                    .hasSameSizeAs(Samples.load().catalogs());

            helm(config, "install", FOLDER);
            assertThat(publicUrl(administrator)).isNull();
        }
    }

    private static String publicUrl(KubernetesClient administrator) {
        return administrator
                .apps()
                .deployments()
                .inNamespace(HelmChart.NAMESPACE)
                .withName("onboarding-tenant-onboarding-operator")
                .get()
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .getFirst()
                .getEnv()
                .stream()
                .filter(it -> it.getName().equals("ONBOARDING_PUBLIC_URL"))
                .map(EnvVar::getValue)
                .findFirst()
                .orElse(null);
    }

    private static void helm(Path config, String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, HelmChart.RELEASE));
        arguments.addAll(List.of(options));
        arguments.addAll(List.of("--kubeconfig", config.toString(), "--namespace", HelmChart.NAMESPACE));
        HelmChart.succeeded(chart.run(arguments.toArray(String[]::new)));
    }

    private static void createNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .create();
    }
}
