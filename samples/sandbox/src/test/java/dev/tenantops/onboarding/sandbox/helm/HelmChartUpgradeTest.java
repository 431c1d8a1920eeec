package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From a release that is older than the repository's chart, with a definition that lacks a field. */
class HelmChartUpgradeTest {

    private static final String OLDER = "0.0.9";
    private static final String ONBOARDINGS = "files/crds/tenantonboardings.onboarding.tenantops.dev-v1.yml";
    private static final String STATUS = "/spec/versions/0/schema/openAPIV3Schema/properties/status/properties";

    /** Any field of the status will do. */
    private static final String NEW_FIELD = "nextAction";

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {ApiServer.DEFAULT_VERSION, "1.34.4"})
    void anUpgradeKeepsOnboardingsWithTheirStatusAndBringsTheNewDefinitions(String version) throws IOException {
        HelmChart chart = HelmChart.withHelm(HelmChart.VERSION);
        String older = olderPackage(chart);
        try (ApiServer server = ApiServer.start(version);
                KubernetesClient client = server.newClient()) {
            String kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig())
                    .toString();
            HelmChart.succeeded(chart.run(
                    "install",
                    HelmChart.RELEASE,
                    older,
                    "-n",
                    HelmChart.NAMESPACE,
                    "--create-namespace",
                    "--kubeconfig",
                    kubeconfig));
            Samples samples = Samples.load();
            Stream.of(samples.namespaces(), samples.catalogs(), samples.onboardings())
                    .flatMap(List::stream)
                    .forEach(it -> client.resource(it).create());
            TenantOnboarding first = samples.onboardings().getFirst();
            assertThat(statusOf(client, write(client, first)).nextAction())
                    .as("the older definition does not know the field")
                    .isNull();
            List<String> before = onboardings(client);

            HelmChart.succeeded(chart.run(
                    "upgrade",
                    HelmChart.RELEASE,
                    HelmChart.FOLDER.toString(),
                    "-n",
                    HelmChart.NAMESPACE,
                    "--kubeconfig",
                    kubeconfig));

            assertThat(onboardings(client)).isEqualTo(before).hasSameSizeAs(samples.onboardings());
            assertThat(client.resources(ApplicationCatalog.class).list().getItems())
                    .hasSameSizeAs(samples.catalogs());
            assertThat(statusOf(client, first).condition(ConditionType.READY)).isPresent();
            assertThat(statusOf(client, write(client, first)).nextAction()).isEqualTo("Send the links.");
        }
    }

    /** The chart as an earlier release might have been. */
    private String olderPackage(HelmChart chart) throws IOException {
        Path copy = folder.resolve(HelmChart.FOLDER.getFileName());
        try (Stream<Path> files = Files.walk(HelmChart.FOLDER)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(HelmChart.FOLDER.relativize(file)));
            }
        }
        JsonNode definition = HelmChart.yaml(LocalFiles.read(copy.resolve(ONBOARDINGS)));
        JsonNode removed = ((ObjectNode) definition.at(STATUS)).remove(NEW_FIELD);
        assertThat(removed).as("the definition has " + NEW_FIELD).isNotNull();
        Files.writeString(copy.resolve(ONBOARDINGS), HelmChart.asYaml(definition));
        HelmChart.succeeded(
                chart.run("package", copy.toString(), "--version", OLDER, "--destination", folder.toString()));
        return folder.resolve("tenant-onboarding-operator-" + OLDER + ".tgz").toString();
    }

    private static TenantOnboarding write(KubernetesClient client, TenantOnboarding onboarding) {
        String status = """
                {"status": {"observedGeneration": 1, "nextAction": "Send the links.", "conditions": [
                  {"type": "Ready", "status": "False", "reason": "ConsentRequired", "message": "Nobody has consented yet.",
                   "observedGeneration": 1, "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}""";
        client.resource(onboarding).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), status);
        return onboarding;
    }

    private static TenantOnboardingStatus statusOf(KubernetesClient client, TenantOnboarding onboarding) {
        return client.resource(onboarding).get().getStatus();
    }

    /** All of them, as they are stored. */
    private static List<String> onboardings(KubernetesClient client) {
        return client.resources(TenantOnboarding.class).inAnyNamespace().list().getItems().stream()
                .map(YAML::asYaml)
                .toList();
    }
}
