package dev.tenantops.onboarding.sandbox.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.Samples;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What {@code samples/kube-state-metrics} reads of onboardings is there. */
class KubeStateMetricsTest {

    private static final Path REPOSITORY = Samples.repository();
    private static final JsonNode VALUES = yaml(REPOSITORY.resolve("samples/kube-state-metrics/values.yaml"));
    private static final JsonNode RESOURCE = VALUES.at("/customResourceState/config/spec/resources/0");
    private static final JsonNode DEFINITION =
            yaml(REPOSITORY.resolve("crds/src/main/resources/crds/tenantonboardings.onboarding.tenantops.dev-v1.yml"));

    @Test
    void itReadsTheKindOfTheDefinitionAndMayListIt() {
        assertThat(RESOURCE.at("/groupVersionKind/group")).isEqualTo(DEFINITION.at("/spec/group"));
        assertThat(RESOURCE.at("/groupVersionKind/kind")).isEqualTo(DEFINITION.at("/spec/names/kind"));
        assertThat(RESOURCE.at("/groupVersionKind/version")).isEqualTo(DEFINITION.at("/spec/versions/0/name"));
        assertThat(VALUES.at("/rbac/extraRules/0/apiGroups/0")).isEqualTo(DEFINITION.at("/spec/group"));
        assertThat(VALUES.at("/rbac/extraRules/0/resources/0")).isEqualTo(DEFINITION.at("/spec/names/plural"));
        assertThat(VALUES.at("/rbac/extraRules"))
                .allSatisfy(rule -> assertThat(rule.path("verbs"))
                        .extracting(JsonNode::asText)
                        .containsExactly("list", "watch"));
    }

    @Test
    void everyPathIsAFieldOfTheDefinition() {
        assertThat(elements(RESOURCE.path("metrics"))).isNotEmpty().allSatisfy(metric -> {
            var each = metric.path("each");
            var read = each.path(each.path("type").asText().toLowerCase(Locale.ROOT));
            var field = field(schema(), read.path("path"));
            read.path("labelsFromPath").forEach(it -> field(field.path("items"), it));
        });
    }

    @Test
    void theDocumentNamesTheMetricsThatItMakes() throws IOException {
        var document = Files.readString(REPOSITORY.resolve("docs/metrics.md"));
        var prefix = RESOURCE.path("metricNamePrefix").asText();
        assertThat(elements(RESOURCE.path("metrics")))
                .allSatisfy(it -> assertThat(document)
                        .contains("| `" + prefix + "_" + it.path("name").asText() + "` |"));
    }

    private static JsonNode schema() {
        return DEFINITION.at("/spec/versions/0/schema/openAPIV3Schema");
    }

    /** Follows a path; an element of a list is found by the value of one of its fields. */
    private static JsonNode field(JsonNode schema, JsonNode path) {
        var found = schema;
        for (JsonNode step : path) {
            var name = step.asText();
            found = name.startsWith("[")
                    ? found.path("items")
                    : found.path("properties").path(name);
            if (name.startsWith("[")) {
                assertThat(found.path("properties").has(name.substring(1, name.indexOf('='))))
                        .as(name)
                        .isTrue();
            }
            assertThat(found.isMissingNode()).as("%s of %s", name, path).isFalse();
        }
        return found;
    }

    private static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    private static JsonNode yaml(Path file) {
        try {
            return new KubernetesSerialization().unmarshal(Files.readString(file), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
