package dev.tenantops.onboarding.sandbox.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.helm.HelmChart;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image, the chart that runs it and the sandbox agree. */
class ImageFilesTest {

    private static final Path IMAGE = Samples.repository().resolve("operator/image");

    private final JsonNode values = HelmChart.yaml(LocalFiles.read(HelmChart.FOLDER.resolve("values.yaml")));
    private final String pom = LocalFiles.read(IMAGE.resolve("pom.xml"));

    @Test
    void theSandboxRunsTheOperatorWithTheOptionsOfTheChartExceptForTheHeap() {
        List<String> heap = List.of("-XX:MaxRAMPercentage=40", "-XX:+ExitOnOutOfMemoryError");
        assertThat(List.of(values.path("javaOptions").asText().split(" ")))
                .containsAll(heap)
                .filteredOn(it -> !heap.contains(it))
                .isEqualTo(JarInstallation.JVM_FLAGS.stream()
                        .filter(it -> !it.startsWith("-Xmx"))
                        .toList());
    }

    @Test
    void theImageRunsAsTheUserOfTheChart() {
        JsonNode context = values.path("podSecurityContext");
        assertThat(element("user"))
                .isEqualTo(context.path("runAsUser").asText() + ":"
                        + context.path("runAsGroup").asText());
    }

    @Test
    void theBaseImageIsNamedByDigest() {
        assertThat(element("image.base")).matches("[a-z0-9./-]+:[a-z0-9.-]+@sha256:[0-9a-f]{64}");
    }

    @Test
    void theEntrypointHasNoOptionThatTheChartCouldNotReplace() {
        assertThat(Pattern.compile("<part>(.*)</part>").matcher(pom).results().map(it -> it.group(1)))
                .containsExactly(
                        "/opt/java/bin/java", "-XX:AOTCache=/app/operator.aot", "-jar", "/app/quarkus-run.jar");
        assertThat(element("JAVA_TOOL_OPTIONS")).isEqualTo("${image.java-options}");
    }

    @Test
    void theImageHasTheVersionOfTheBuild() throws IOException {
        Pattern version = Pattern.compile("<version>(.*)</version>");
        Matcher image = version.matcher(pom);
        Matcher parent = version.matcher(Files.readString(Samples.repository().resolve("pom.xml")));
        assertThat(image.find()).isTrue();
        assertThat(parent.find()).isTrue();
        assertThat(image.group(1)).isEqualTo(parent.group(1));
    }

    @Test
    void theImageTellsTheMetricsWhichCommitItIsOf() {
        assertThat(element("IMAGE_REVISION")).isEqualTo("${image.revision}");
    }

    private String element(String name) {
        Matcher element = Pattern.compile("<" + Pattern.quote(name) + ">(.*)</").matcher(pom);
        assertThat(element.find()).as(name).isTrue();
        return element.group(1);
    }
}
