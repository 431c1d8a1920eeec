package dev.tenantops.onboarding.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.Samples;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code make} says on a machine without a JDK that is new enough, by what the PATH has. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs a script of bash, which make needs as well")
class MissingJdkTest {

    @TempDir
    Path path;

    @ParameterizedTest
    @CsvSource({
        "apt-get apt-cache, sudo apt-get install openjdk-25-jdk-headless",
        "dnf, sudo dnf install java-25-openjdk-devel",
        "brew, brew install openjdk@25",
        "apt-get apt-cache brew, sudo apt-get install openjdk-25-jdk-headless"
    })
    void theCommandIsThatOfThePlatform(String tools, String command) throws Exception {
        for (String tool : tools.split(" ")) {
            put(tool, "exit 0");
        }
        put("id", "echo 1000");
        assertThat(said())
                .isEqualTo("A JDK 25 or newer is needed: " + command + " (or set JAVA_HOME to where one is).\n");
    }

    @Test
    void aDebianWithoutThePackageIsToldOfAnotherWay() throws Exception {
        put("apt-get", "exit 0");
        put("apt-cache", "exit 100");
        put("id", "echo 0");
        assertThat(said()).contains("sdk install java").hasLineCount(1);
    }

    @Test
    void rootNeedsNoSudo() throws Exception {
        put("dnf", "exit 0");
        put("id", "echo 0");
        assertThat(said()).contains(": dnf install");
    }

    private void put(String tool, String script) throws IOException {
        Path file = Files.writeString(path.resolve(tool), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String said() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        "/bin/bash",
                        Samples.repository().resolve(".ci/missing-jdk").toString())
                .redirectErrorStream(true);
        builder.environment().put("PATH", path.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
