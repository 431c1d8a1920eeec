package dev.tenantops.onboarding.sandbox.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed recordings, by the code of kstatus, Flux and Argo CD. Skipped where there is no Go. */
class GitOpsJudgeTest {

    @ParameterizedTest
    @ValueSource(strings = {"TenantOnboarding", "ApplicationCatalog"})
    void theToolsMakeOfTheRecordingsWhatIsExpected(String kind) throws Exception {
        Path recordings = GitOpsSamples.FOLDER.resolve(
                "argocd/resource_customizations/onboarding.tenantops.dev/" + kind + "/testdata");
        Process process = new ProcessBuilder(
                        List.of(GitOpsSamples.FOLDER.resolve("judge/run").toString(), recordings.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        if (output.startsWith("judge: skipped")) {
            System.out.println(output.strip());
            Assumptions.abort(output);
        }
        assertThat(exitCode).as(output).isZero();
        assertThat(output).containsPattern("judge: [1-9][0-9]* objects, 0 disagree");
    }
}
