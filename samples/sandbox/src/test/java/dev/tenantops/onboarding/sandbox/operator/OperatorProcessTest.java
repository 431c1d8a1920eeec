package dev.tenantops.onboarding.sandbox.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorProcessTest {

    @TempDir
    Path folder;

    @Test
    void thePackagedOperatorRunsWithTheFlagsOfItsInstallation() throws IOException {
        Path jar = Files.createFile(folder.resolve("quarkus-run.jar"));
        assertThat(OperatorProcess.command(jar, List.of("-Xmx64m"), " "))
                .startsWith(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString())
                .contains("-Xmx64m")
                .endsWith("-jar", jar.toString());
    }

    @Test
    void anotherOperatorTakesItsPlaceAndNeedsNoJar() {
        assertThat(OperatorProcess.command(
                        folder.resolve("quarkus-run.jar"), List.of("-Xmx64m"), " operator/image/run  --verbose "))
                .containsExactly("operator/image/run", "--verbose");
    }

    @Test
    void aMissingJarIsNamedWithWhatBuildsIt() {
        Path jar = folder.resolve("quarkus-run.jar");
        assertThatThrownBy(() -> OperatorProcess.command(jar, List.of(), null))
                .hasMessageContaining(jar.toString())
                .hasMessageContaining("make build");
    }
}
