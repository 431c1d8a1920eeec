package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.helm.HelmChartValues.Described;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chart's own files agree with each other, and with what they are copies of. {@code make chart} writes them anew. */
class HelmChartFilesTest {

    private static final String HINT = "run make chart and commit what it writes";
    private static final Path DEFINITIONS = Samples.repository().resolve("crds/src/main/resources/crds");
    private static final Path COPIES = HelmChart.FOLDER.resolve("files/crds");
    private static final Path README = HelmChart.FOLDER.resolve("README.md");
    private static final Path SCHEMA = HelmChart.FOLDER.resolve("values.schema.json");
    private static final Pattern VARIABLE = Pattern.compile("\\| `(ONBOARDING_[A-Z_<>]+)` \\|");

    private final HelmChartValues values = HelmChartValues.read();
    private final HelmChartDocuments documents = new HelmChartDocuments(values);
    private final JsonNode schema = HelmChart.yaml(LocalFiles.read(SCHEMA));

    @BeforeAll
    static void write() throws IOException {
        if (!Boolean.getBoolean("helm.write")) {
            return;
        }
        Files.createDirectories(COPIES);
        for (Path stale : files(COPIES)) {
            Files.delete(stale);
        }
        for (Path definition : files(DEFINITIONS)) {
            Files.copy(definition, COPIES.resolve(definition.getFileName()));
        }
        HelmChartDocuments documents = new HelmChartDocuments(HelmChartValues.read());
        Files.writeString(README, documents.readme(LocalFiles.read(README)));
        Files.writeString(SCHEMA, documents.schema(LocalFiles.read(SCHEMA)));
    }

    @Test
    void theDefinitionsAreTheCommittedOnes() throws IOException {
        assertThat(contents(COPIES)).as(HINT).isEqualTo(contents(DEFINITIONS));
    }

    @Test
    void theReadmeHasEveryValueAsItsCommentSays() {
        String readme = LocalFiles.read(README);
        assertThat(readme).as(HINT).isEqualTo(documents.readme(readme));
    }

    @Test
    void theSchemaHasEveryValueAsItsCommentSays() {
        assertThat(values.described())
                .allSatisfy(it -> assertThat(HelmChartDocuments.property(schema, it)
                                .path("description")
                                .asText())
                        .as("%s: %s", it.name(), HINT)
                        .isEqualTo(it.description()));
    }

    @Test
    void everyValueIsDescribed() {
        assertThat(values.leaves().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        values.described().stream().map(Described::name).toList());
    }

    @Test
    void theSchemaKnowsNoValueThatTheChartDoesNotHave() {
        Map<String, JsonNode> known = new TreeMap<>();
        collect("", schema, known);
        // For charts that this one is a part of.
        known.keySet().removeAll(List.of("global", "enabled"));
        assertThat(values.leaves().keySet()).containsExactlyInAnyOrderElementsOf(known.keySet());
    }

    @Test
    void aMisspelledValueIsRefusedEverywhere() {
        Map<String, JsonNode> open = new TreeMap<>();
        collectOpen("", schema, open);
        assertThat(open).isEmpty();
    }

    @Test
    void theVersionsAreThoseOfTheRepository() {
        JsonNode chart = HelmChart.yaml(LocalFiles.read(HelmChart.FOLDER.resolve("Chart.yaml")));
        String parent = LocalFiles.read(Samples.repository().resolve("pom.xml"));
        String version = parent.replaceFirst(
                "(?s).*?<artifactId>tenant-onboarding-parent</artifactId>\\s*" + "<version>([^<]+)</version>.*", "$1");
        assertThat(chart.path("appVersion").asText()).isEqualTo(version);
        assertThat(chart.path("version").asText()).isEqualTo(version);
    }

    @Test
    void everyVariableOfTheConfigurationIsSetByTheChart() {
        String template =
                LocalFiles.read(HelmChart.FOLDER.resolve("templates/_env.tpl")).replace("{{ upper $name }}", "<NAME>");
        List<String> documented = VARIABLE.matcher(
                        LocalFiles.read(Samples.repository().resolve("docs/configuration.md")))
                .results()
                .map(it -> it.group(1))
                .toList();
        assertThat(documented)
                .isNotEmpty()
                .allSatisfy(it -> assertThat(template).contains("- name: " + it + "\n"));
    }

    @Test
    void everyDashboardIsJsonWithAnIdentityOfItsOwn() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> identities = files(HelmChart.FOLDER.resolve("files/dashboards")).stream()
                .map(LocalFiles::read)
                .map(it -> {
                    try {
                        return json.readTree(it).path("uid").asText();
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
        assertThat(identities).isNotEmpty().doesNotContain("").doesNotHaveDuplicates();
    }

    private static void collect(String name, JsonNode schema, Map<String, JsonNode> found) {
        JsonNode properties = schema.path("properties");
        boolean documented = schema.has("description") && !name.isEmpty();
        if (documented || properties.isMissingNode()) {
            found.put(name, schema);
            return;
        }
        properties
                .properties()
                .forEach(it -> collect(name.isEmpty() ? it.getKey() : name + "." + it.getKey(), it.getValue(), found));
    }

    private static void collectOpen(String name, JsonNode schema, Map<String, JsonNode> open) {
        if (schema.has("properties")) {
            if (schema.path("additionalProperties").asBoolean(true)) {
                open.put(name, schema);
            }
            schema.path("properties")
                    .properties()
                    .forEach(it -> collectOpen(name + "." + it.getKey(), it.getValue(), open));
        }
        if (schema.has("items")) {
            collectOpen(name + "[]", schema.path("items"), open);
        }
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        return files(folder).stream()
                .collect(Collectors.toMap(it -> it.getFileName().toString(), LocalFiles::read));
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}
