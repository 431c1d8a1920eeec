package dev.tenantops.onboarding.sandbox.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.helm.HelmChart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the samples for GitOps refer to is there. */
class GitOpsReferencesTest {

    /** A row of the tables of conditions whose reason can be that of Ready=False; the network's are one row for the judge. */
    private static final Pattern REASON = Pattern.compile(
            "(?m)^\\| [^|]*`(?:Ready|VerifierAuthorized|ConsentGranted)` \\([^)]*False\\)[^|]*\\| \\[`([A-Za-z]+)`]");

    @TempDir
    Path folder;

    @Test
    void everyPathThatAnObjectNamesIsInTheRepository() throws IOException {
        List<String> paths = new ArrayList<>();
        for (JsonNode object : objects("flux", "argocd")) {
            paths.addAll(object.findValuesAsText("path"));
            paths.addAll(object.findValuesAsText("chart"));
        }
        assertThat(paths.stream().filter(it -> !it.isEmpty()).distinct())
                .hasSizeGreaterThan(4)
                .allSatisfy(it -> {
                    Path target = Samples.repository().resolve(it);
                    assertThat(target.resolve("kustomization.yaml").toFile().exists()
                                    || target.resolve("Chart.yaml").toFile().exists())
                            .as(it)
                            .isTrue();
                });
    }

    @Test
    void theChartTakesTheValuesThatTheSamplesGiveIt() throws IOException {
        HelmChart chart = HelmChart.withHelm(HelmChart.VERSION);
        List<JsonNode> values = objects("flux", "argocd").stream()
                .flatMap(it -> Stream.of("values", "valuesObject").map(it::findValue))
                .filter(it -> it != null)
                .toList();
        assertThat(values).hasSize(2);
        for (JsonNode given : values) {
            Path file = Files.writeString(folder.resolve("values.yaml"), HelmChart.asYaml(given));
            assertThat(HelmChart.succeeded(chart.template("--values", file.toString())))
                    .contains("https://onboarding.example.com")
                    .contains("registry.example.com/tenant-onboarding-operator");
        }
    }

    @Test
    void theJudgeHasAnExpectationForEveryReason() throws IOException {
        String document = Files.readString(Samples.repository().resolve("docs/conditions.md"));
        JsonNode expected = GitOpsSamples.yaml(GitOpsSamples.FOLDER.resolve("judge/expected.yaml"));
        int onboarding = document.indexOf("\n## TenantOnboarding\n");
        int catalog = document.indexOf("\n## ApplicationCatalog\n");
        assertThat(reasons(document.substring(onboarding, catalog)))
                .hasSizeGreaterThan(20)
                .isSubsetOf(expected.path("TenantOnboarding").findValuesAsText("reason"));
        assertThat(reasons(document.substring(catalog)))
                .isNotEmpty()
                .isSubsetOf(expected.path("ApplicationCatalog").findValuesAsText("reason"));
    }

    @Test
    void theDocumentShowsTheExpressionsOfTheSample() throws IOException {
        String sample = GitOpsSamples.text("flux/onboardings-published.yaml");
        assertThat(Files.readString(Samples.repository().resolve("docs/gitops.md")))
                .contains(sample.substring(sample.indexOf("  wait: true")));
    }

    private static List<String> reasons(String tables) {
        return REASON.matcher(tables)
                .results()
                .map(it -> it.group(1))
                .distinct()
                .toList();
    }

    private static List<JsonNode> objects(String... folders) throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(GitOpsSamples.FOLDER.resolve(folder))) {
                files.filter(it -> it.toString().endsWith(".yaml"))
                        .filter(it -> !it.toString().contains("resource_customizations"))
                        .map(GitOpsSamples::text)
                        .flatMap(it -> Stream.of(it.split("(?m)^---$")))
                        .map(GitOpsSamples::yaml)
                        .filter(it -> it.has("kind") && it.has("spec"))
                        .forEach(objects::add);
            }
        }
        return objects;
    }
}
