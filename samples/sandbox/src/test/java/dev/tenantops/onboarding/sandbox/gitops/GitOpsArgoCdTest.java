package dev.tenantops.onboarding.sandbox.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The health checks and actions for Argo CD, by their own test files and with a Lua of the JVM. */
class GitOpsArgoCdTest {

    private static final String CUSTOMIZATIONS = "argocd/resource_customizations";
    private static final String REQUESTED_AT = "reconcile.fluxcd.io/requestedAt";

    @TestFactory
    Stream<DynamicTest> everyRecordedObjectHasTheHealthThatItsTestFileSays() {
        return GitOpsSamples.files(CUSTOMIZATIONS, "health_test.yaml").stream()
                .flatMap(file -> elements(GitOpsSamples.yaml(file).path("tests"))
                        .map(test -> DynamicTest.dynamicTest(
                                test.path("inputPath").asText(), () -> hasHealth(file.getParent(), test))));
    }

    @Test
    void everyRecordedObjectIsTestedAndEveryHealthIsSeen() throws IOException {
        List<String> healths = new ArrayList<>();
        for (Path file : GitOpsSamples.files(CUSTOMIZATIONS, "health_test.yaml")) {
            List<JsonNode> tests =
                    elements(GitOpsSamples.yaml(file).path("tests")).toList();
            try (Stream<Path> objects = Files.list(file.resolveSibling("testdata"))) {
                assertThat(tests.stream().map(it -> it.path("inputPath").asText()))
                        .containsExactlyInAnyOrderElementsOf(objects.map(it -> "testdata/" + it.getFileName())
                                .toList());
            }
            tests.forEach(it -> healths.add(it.at("/healthStatus/status").asText()));
        }
        assertThat(healths).contains("Healthy", "Suspended", "Progressing", "Degraded");
    }

    @TestFactory
    Stream<DynamicTest> everyActionIsOfferedAsItsTestFileSays() {
        return GitOpsSamples.files(CUSTOMIZATIONS, "action_test.yaml").stream()
                .flatMap(file -> elements(GitOpsSamples.yaml(file).path("discoveryTests"))
                        .map(test -> DynamicTest.dynamicTest(
                                test.path("inputPath").asText(), () -> offers(file.getParent(), test))));
    }

    @TestFactory
    Stream<DynamicTest> everyActionDoesWhatItsTestFileSays() {
        return GitOpsSamples.files(CUSTOMIZATIONS, "action_test.yaml").stream()
                .flatMap(file -> elements(GitOpsSamples.yaml(file).path("actionTests"))
                        .map(test -> DynamicTest.dynamicTest(
                                test.path("action").asText(), () -> acts(file.getParent(), test))));
    }

    private static void hasHealth(Path folder, JsonNode test) {
        JsonNode object =
                GitOpsSamples.yaml(folder.resolve(test.path("inputPath").asText()));
        assertThat(script(folder.resolve("health.lua")).run(object)).isEqualTo(test.path("healthStatus"));
    }

    private static void offers(Path folder, JsonNode test) {
        JsonNode offered = script(folder.resolve("discovery.lua"))
                .run(GitOpsSamples.yaml(folder.resolve(test.path("inputPath").asText())));
        assertThat(offered.size()).isEqualTo(test.path("result").size());
        assertThat(elements(test.path("result")))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(offered.path(it.path("name").asText())
                                .path("disabled")
                                .asBoolean())
                        .isEqualTo(it.path("disabled").asBoolean()));
    }

    private static void acts(Path folder, JsonNode test) {
        JsonNode before =
                GitOpsSamples.yaml(folder.resolve(test.path("inputPath").asText()));
        JsonNode expected = GitOpsSamples.yaml(
                folder.resolve(test.path("expectedOutputPath").asText()));
        JsonNode after = script(folder.resolve(test.path("action").asText()).resolve("action.lua"))
                .run(before);
        JsonNode stamped = expected.at("/metadata/annotations").path(REQUESTED_AT);
        if (!stamped.equals(before.at("/metadata/annotations").path(REQUESTED_AT))) {
            ObjectNode annotations = after.withObject("/metadata/annotations");
            Instant stamp = Instant.parse(annotations.path(REQUESTED_AT).asText());
            assertThat(Duration.between(stamp, Instant.now()).abs()).isLessThan(Duration.ofHours(1));
            annotations.set(REQUESTED_AT, stamped);
        }
        assertThat(after).isEqualTo(expected).isNotEqualTo(before);
    }

    private static LuaScript script(Path file) {
        return new LuaScript(GitOpsSamples.text(file));
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements.stream();
    }
}
