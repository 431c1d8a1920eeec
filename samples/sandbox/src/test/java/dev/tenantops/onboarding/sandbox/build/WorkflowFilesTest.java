package dev.tenantops.onboarding.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.helm.HelmChart;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

    @Test
    void aReleaseIsOfACommitThatMainHas(@TempDir Path folder) throws Exception {
        Path origin = Files.createDirectory(folder.resolve("origin"));
        git(origin, "init", "--quiet", "--initial-branch=main");
        commit(origin, "one");
        git(origin, "tag", "v1.0.0");
        git(origin, "switch", "--quiet", "--create", "side");
        commit(origin, "other");
        git(origin, "tag", "v1.1.0");
        git(origin, "switch", "--quiet", "main");
        commit(origin, "two");
        git(folder, "clone", "--quiet", origin.toString(), "checkout");
        Path checkout = folder.resolve("checkout");
        String script = step("version", "main").path("run").asText();

        assertThat(run(checkout, script, git(checkout, "rev-parse", "v1.0.0"))).isZero();
        assertThat(run(checkout, script, git(checkout, "rev-parse", "origin/main")))
                .isZero();
        assertThat(run(checkout, script, git(checkout, "rev-parse", "v1.1.0"))).isNotZero();
        assertThat(HelmChart.yaml(LocalFiles.read(FOLDER.resolve("release.yml")))
                        .path("jobs")
                        .properties())
                .filteredOn(job -> !job.getKey().equals("version"))
                .as("nothing comes before it")
                .allSatisfy(job ->
                        assertThat(job.getValue().path("needs").toString()).contains("version"));
    }

    @Test
    void theIdentityThatUsersAreToldToAskForIsOneRepositorysAtOneTag() {
        String path = "/.github/workflows/release.yml@refs/tags/v$VERSION";
        assertThat(step("publish", "identity").path("run").asText())
                .contains("identity=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY" + path)
                .contains("cosign verify ", "cosign verify-attestation ")
                .doesNotContain("regexp");
        assertThat(LocalFiles.read(Samples.repository().resolve("SECURITY.md")))
                .contains("IDENTITY=https://github.com/$REPOSITORY" + path)
                .doesNotContain("--certificate-identity-regexp", "--owner");
    }

    private static JsonNode step(String job, String id) {
        return steps(HelmChart.yaml(LocalFiles.read(FOLDER.resolve("release.yml")))
                        .path("jobs")
                        .path(job))
                .filter(it -> it.path("id").asText().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static void commit(Path repository, String subject) throws Exception {
        git(
                repository,
                "-c",
                "user.name=Somebody",
                "-c",
                "user.email=somebody@example.com",
                "-c",
                "commit.gpgsign=false",
                "commit",
                "--quiet",
                "--allow-empty",
                "--message",
                subject);
    }

    private static String git(Path folder, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("git %s", List.of(arguments)).isZero();
        return printed.strip();
    }

    /** Runs the script of a step as a runner would, for a tag on a commit. */
    private static int run(Path checkout, String script, String commit) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("bash", "-eo", "pipefail", "-c", script)
                .directory(checkout.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("GITHUB_SHA", commit);
        builder.environment().put("GITHUB_REF_NAME", "v1.2.3");
        return builder.start().waitFor();
    }

    private static Stream<JsonNode> steps(JsonNode job) {
        return StreamSupport.stream(job.path("steps").spliterator(), false);
    }
}
