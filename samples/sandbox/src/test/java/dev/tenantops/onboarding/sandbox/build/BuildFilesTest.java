package dev.tenantops.onboarding.sandbox.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class BuildFilesTest {

    private static final Pattern VERSION = Pattern.compile("<([a-z0-9.-]+\\.version)>");

    @Test
    void everyVersionThatTheParentPomNamesIsUsed() throws IOException {
        Path root = Samples.repository();
        String parent = Files.readString(root.resolve("pom.xml"));
        assertThat(VERSION.matcher(parent).results().map(it -> it.group(1)))
                .isNotEmpty()
                .allSatisfy(it -> assertThat(parent).contains("<version>${" + it + "}</version>"));
    }
}
