package dev.tenantops.onboarding.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What editors complete and check manifests by is what the definitions say. {@code make crds} writes it anew. */
class EditorSchemaTest {

    private static final Path COMMITTED = Path.of("src/main/resources/schemas");
    private static final Path SAMPLES = Path.of("../samples");
    private static final Pattern OURS =
            Pattern.compile("(?m)^apiVersion: onboarding\\.tenantops\\.dev/v1alpha1\\s+kind: (\\w+)$");
    private static final Pattern MODELINE = Pattern.compile("(?m)^# yaml-language-server: \\$schema=(\\S+)$");

    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    @TempDir
    private static Path generated;

    private static List<EditorSchema> schemas;

    /** A manifest of ours as it stands in a file. */
    private record Manifest(Path file, String kind, String text) {

        JsonNode tree() {
            return YAML.convertValue(YAML.unmarshal(text, Map.class), JsonNode.class);
        }

        @Override
        public String toString() {
            return SAMPLES.relativize(file) + " " + kind;
        }
    }

    static List<Manifest> manifests() throws IOException {
        try (var files = Files.walk(SAMPLES)) {
            return files.filter(it -> it.toString().endsWith(".yaml"))
                    .filter(it -> !it.toString().contains("/target/"))
                    .sorted()
                    .flatMap(file -> Stream.of(read(file).split("(?m)^---$"))
                            .flatMap(text ->
                                    OURS.matcher(text).results().map(it -> new Manifest(file, it.group(1), text))))
                    .toList();
        }
    }

    static List<Manifest> writtenByPeople() throws IOException {
        return manifests().stream()
                .filter(it -> !it.file().startsWith(SAMPLES.resolve("bulk")))
                .toList();
    }

    /** First of all, since the others read what is committed. */
    @BeforeAll
    static void generate() throws IOException {
        CustomResourceDefinitions.generate(generated);
        try (var files = Files.list(generated)) {
            schemas = files.map(it -> EditorSchema.of(YAML.unmarshal(read(it), CustomResourceDefinition.class)))
                    .toList();
        }
        if (Boolean.getBoolean("crds.write")) {
            Files.createDirectories(COMMITTED);
            for (EditorSchema it : schemas) {
                Files.writeString(COMMITTED.resolve(it.file()), it.text());
            }
        }
    }

    @Test
    void committedSchemasAreTheGeneratedOnes() {
        assertThat(schemas)
                .extracting(EditorSchema::kind)
                .containsExactlyInAnyOrder("ApplicationCatalog", "TenantOnboarding");
        assertThat(schemas)
                .allSatisfy(it -> assertThat(COMMITTED.resolve(it.file()))
                        .as("run make crds and commit what it writes")
                        .content()
                        .isEqualTo(it.text()));
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void everySampleIsValid(Manifest manifest) {
        assertThat(mistakes(manifest.kind(), manifest.tree())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("writtenByPeople")
    void everySampleLeadsAnEditorToTheSchemaOfItsKind(Manifest manifest) {
        var schemas = MODELINE.matcher(manifest.text())
                .results()
                .map(it -> it.group(1))
                .toList();
        assertThat(schemas).hasSize(1);
        assertThat(manifest.file().resolveSibling(schemas.getFirst()).normalize())
                .isEqualTo(Path.of("../crds").resolve(COMMITTED).resolve(file(manifest.kind())));
    }

    @Test
    void whatAnEditorHasToMarkIsAMistake() throws IOException {
        assertThat(changed("ApplicationCatalog", it -> it.put("publsher", "Contoso")))
                .containsExactly("publsher");
        assertThat(changed("ApplicationCatalog", it -> it.put("cloud", "Mars"))).containsExactly("cloud");
        assertThat(changed("ApplicationCatalog", it -> it.remove("verifier"))).containsExactly("verifier");
        assertThat(changed("TenantOnboarding", it -> it.put("tenantId", "contoso.com")))
                .containsExactly("tenantId");
        assertThat(changed("TenantOnboarding", it -> it.putObject("page").put("expires", "tomorrow")))
                .containsExactly("expires");
        assertThat(changed(
                        "TenantOnboarding",
                        it -> it.putArray("licenses").addObject().put("plan", "common")))
                .contains("catalog", "plan");
    }

    /** What is wrong with a sample whose spec is changed, by the names of the properties. */
    private static Set<String> changed(String kind, Consumer<ObjectNode> change) throws IOException {
        var tree = manifests().stream()
                .filter(it -> it.kind().equals(kind))
                .findFirst()
                .orElseThrow()
                .tree();
        change.accept((ObjectNode) tree.get("spec"));
        return mistakes(kind, tree).stream()
                .map(it -> it.getProperty() == null ? it.getInstanceLocation().getName(-1) : it.getProperty())
                .collect(Collectors.toSet());
    }

    private static Set<ValidationMessage> mistakes(String kind, JsonNode tree) {
        return schema(kind)
                .validate(
                        tree.toString(),
                        InputFormat.JSON,
                        it -> it.getExecutionConfig().setFormatAssertionsEnabled(true));
    }

    private static JsonSchema schema(String kind) {
        return JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(read(COMMITTED.resolve(file(kind))));
    }

    private static String file(String kind) {
        return new EditorSchema(kind, "").file();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
