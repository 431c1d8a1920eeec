package dev.tenantops.onboarding.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.helm.HelmChart;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What OpenSSF Scorecard looks at in workflows. */
class WorkflowFilesTest {

    private static final Path FOLDER = Samples.repository().resolve(".github/workflows");
    private static final Pattern USES = Pattern.compile(" uses: (.*)");
    private static final Pattern STRANGERS_TEXT = Pattern.compile("github\\.(event\\.|head_ref|ref_name)|inputs\\.");

    static Stream<Path> workflows() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void everyActionIsPinnedToACommitAndTellsItsVersion(Path workflow) {
        assertThat(USES.matcher(LocalFiles.read(workflow)).results().map(it -> it.group(1)))
                .isNotEmpty()
                .allMatch(it -> it.matches("[\\w./-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void rightsAreGivenToJobsOnly(Path workflow) {
        JsonNode parsed = HelmChart.yaml(LocalFiles.read(workflow));
        assertThat(parsed.path("permissions").isObject()).isTrue();
        assertThat(parsed.path("permissions").isEmpty()).isTrue();
        assertThat(parsed.path("jobs").properties()).isNotEmpty().allSatisfy(job -> {
            assertThat(job.getValue().path("permissions").isObject())
                    .as(job.getKey())
                    .isTrue();
            assertThat(job.getValue().path("timeout-minutes").isInt())
                    .as(job.getKey())
                    .isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void onlyTheReleaseMayWriteOrSign(Path workflow) {
        Set<String> writers = workflow.endsWith("release.yml") ? Set.of("image", "publish") : Set.of();
        assertThat(HelmChart.yaml(LocalFiles.read(workflow)).path("jobs").properties())
                .filteredOn(job -> job.getValue().path("permissions").toString().contains("write"))
                .allMatch(job -> writers.contains(job.getKey()));
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void aCheckoutLeavesNoCredentialsAndNoScriptHoldsTextOfStrangers(Path workflow) {
        HelmChart.yaml(LocalFiles.read(workflow))
                .path("jobs")
                .forEach(job -> assertThat(steps(job)).allSatisfy(step -> {
                    if (step.path("uses").asText().startsWith("actions/checkout@")) {
                        assertThat(step.at("/with/persist-credentials").asBoolean(true))
                                .isFalse();
                    }
                    assertThat(step.path("run").asText()).doesNotContainPattern(STRANGERS_TEXT);
                }));
    }

    private static Stream<JsonNode> steps(JsonNode job) {
        return StreamSupport.stream(job.path("steps").spliterator(), false);
    }
}
