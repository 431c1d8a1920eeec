package dev.tenantops.onboarding.sandbox.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** The definitions of Flux's and Argo CD's resources, from the Go modules that their makers publish. */
final class UpstreamDefinitions {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private UpstreamDefinitions() {}

    /** Applies the definitions of a module's version; a test is skipped where the module cannot be had. */
    static void define(Kubectl kubectl, String module, String... files) throws Exception {
        Path root = module(module);
        for (String file : files) {
            // Client-side apply would repeat the definition in an annotation that is too long.
            Kubectl.Result applied = kubectl.run(
                    "apply", "--server-side", "-f", root.resolve(file).toString());
            if (applied.exitCode() != 0) {
                throw new AssertionError(applied.output());
            }
        }
        // It gives up, rather than waits, where a new definition has no conditions yet.
        Awaitility.await().atMost(LIMIT).untilAsserted(() -> {
            Kubectl.Result established =
                    kubectl.run("wait", "--for=condition=Established", "crd", "--all", "--timeout=20s");
            assertThat(established.exitCode()).as(established.output()).isZero();
        });
    }

    private static Path module(String module) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of("go", "mod", "download", "-json", module))
                    .directory(GitOpsSamples.FOLDER.resolve("judge").toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean there = process.waitFor() == 0;
            skipUnless(there, module, output);
            JsonNode answer = GitOpsSamples.yaml(output.substring(output.indexOf('{')));
            return Path.of(answer.path("Dir").asText());
        } catch (IOException e) {
            skipUnless(false, module, "there is no Go");
            throw new AssertionError(e);
        }
    }

    private static void skipUnless(boolean there, String module, String why) {
        if (!there) {
            System.out.println("The samples are not tested with the definitions of " + module + ": " + why.strip());
        }
        Assumptions.assumeTrue(there, module + " cannot be had");
    }
}
