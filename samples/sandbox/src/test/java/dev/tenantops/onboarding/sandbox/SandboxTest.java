package dev.tenantops.onboarding.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SandboxTest {

    @Test
    void everythingAnswersAndNothingIsLeftBehind() throws Exception {
        Path directory;
        try (Sandbox sandbox = Sandbox.start();
                HttpClient http = HttpClient.newBuilder()
                        .sslContext(sandbox.authority().clientContext())
                        .build()) {
            directory = sandbox.directory();
            assertThat(sandbox.caBundle())
                    .hasParent(directory)
                    .hasContent(sandbox.authority().certificatePem());

            Kubectl.Result version = sandbox.kubectl().run("version");
            assertThat(version.exitCode()).isZero();
            assertThat(version.output())
                    .contains("Server Version: v" + sandbox.apiServer().version());

            HttpResponse<String> control = http.send(
                    HttpRequest.newBuilder(sandbox.microsoft().url().resolve("/control"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(control.statusCode()).isEqualTo(200);
        }
        assertThat(directory).doesNotExist();
    }
}
