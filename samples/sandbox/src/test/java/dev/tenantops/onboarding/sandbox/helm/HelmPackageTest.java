package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Path archive = onlyFile();
        assertThat(helm.run("template", archive.toString()).output())
                .contains("image: \"" + REPOSITORY + "@" + DIGEST + "\"");
        assertThat(helm.run("show", "chart", archive.toString()).output())
                .contains("artifacthub.io/images:", "image: " + REPOSITORY + "@" + DIGEST);
        assertThat(helm.run("show", "values", archive.toString()).output()).doesNotContain("No image is published");
    }

    @Test
    void aTagIsNoDigest() throws Exception {
        assertThat(run(HelmChart.withHelm(HelmChart.VERSION), "v1.0.0")).contains("not v1.0.0");
    }

    private String run(HelmChart helm, String digest) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Samples.repository().resolve("helm/package").toString(), REPOSITORY, digest, folder.toString())
                .redirectErrorStream(true);
        builder.environment().put("HELM", helm.executable().toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor() == 0).as(output).isEqualTo(output.isEmpty());
        return output;
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).hasSize(1);
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }
}
