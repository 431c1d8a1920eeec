package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.Samples;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code helm/package}, which a release packages the chart with. */
class HelmPackageTest {

    private static final String REPOSITORY = "registry.example.com/acme/tenant-onboarding-operator";
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    @Test
    void theReleasedChartRunsTheImageOfItsRelease() throws Exception {
        HelmChart helm = HelmChart.withHelm(HelmChart.VERSION);
        assertThat(run(helm, DIGEST)).isEmpty();
        Path archive = archive();
        assertThat(helm.run("template", archive.toString()).output())
                .contains("image: \"" + REPOSITORY + "@" + DIGEST + "\"");
        assertThat(helm.run("show", "chart", archive.toString()).output())
                .contains("artifacthub.io/images:", "image: " + REPOSITORY + "@" + DIGEST);
        assertThat(helm.run("show", "values", archive.toString()).output()).doesNotContain("No image is published");
    }

    @Test
    void whatIsPackagedNamesTheCommitWhereItsRunbooksAre() throws Exception {
        HelmChart helm = HelmChart.withHelm(HelmChart.VERSION);
        assertThat(run(helm, DIGEST, "https://github.com/acme/operator/blob/v1.2.3"))
                .isEmpty();
        assertThat(helm.run("show", "chart", archive().toString()).output())
                .contains("home: https://github.com/acme/operator\n");
        assertThat(helm.run("show", "values", archive().toString()).output())
                .contains("\nrunbookBaseUrl: https://github.com/acme/operator/blob/v1.2.3/docs/runbooks\n");
        assertThat(run(helm, DIGEST, "github.com/acme")).contains("not github.com/acme");
    }

    @Test
    void theSameObjectsComeAsFilesForKubectl() throws Exception {
        HelmChart helm = HelmChart.withHelm(HelmChart.VERSION);
        assertThat(run(helm, DIGEST)).isEmpty();
        KubernetesSerialization yaml = new KubernetesSerialization();
        List<HasMetadata> installed = objects(yaml, "install.yaml");
        assertThat(installed.getFirst()).isInstanceOf(Namespace.class);
        assertThat(installed)
                .extracting(HasMetadata::getKind)
                .contains("CustomResourceDefinition", "Deployment", "ClusterRole", "RoleBinding")
                .doesNotContain("Pod");
        assertThat(Files.readString(folder.resolve("install.yaml"))).contains(REPOSITORY + "@" + DIGEST);
        assertThat(objects(yaml, "crds.yaml"))
                .extracting(HasMetadata::getKind)
                .containsExactly("CustomResourceDefinition", "CustomResourceDefinition");
    }

    private List<HasMetadata> objects(KubernetesSerialization yaml, String file) throws IOException {
        return Stream.of(Files.readString(folder.resolve(file)).split("(?m)^---$"))
                .filter(it -> it.contains("kind:"))
                .<HasMetadata>map(yaml::unmarshal)
                .toList();
    }

    @Test
    void aTagIsNoDigest() throws Exception {
        assertThat(run(HelmChart.withHelm(HelmChart.VERSION), "v1.0.0")).contains("not v1.0.0");
    }

    private String run(HelmChart helm, String digest, String... source) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Samples.repository().resolve("helm/package").toString(), REPOSITORY, digest, folder.toString()));
        command.addAll(List.of(source));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HELM", helm.executable().toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor() == 0).as(output).isEqualTo(output.isEmpty());
        return output;
    }

    private Path archive() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(it -> it.toString().endsWith(".tgz"))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
