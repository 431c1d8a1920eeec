package dev.tenantops.onboarding.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The committed YAML is what the types say. {@code make crds} writes it anew. */
class CommittedDefinitionsTest {

    static final Path COMMITTED = Path.of("src/main/resources/crds");

    @TempDir
    Path generated;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tenantonboardings.onboarding.tenantops.dev-v1.yml",
                "applicationcatalogs.onboarding.tenantops.dev-v1.yml"
            })
    void committedDefinitionIsTheGeneratedOne(String file) throws IOException {
        if (Boolean.getBoolean("crds.write")) {
            CustomResourceDefinitions.generate(COMMITTED);
        }
        CustomResourceDefinitions.generate(generated);
        assertThat(COMMITTED.resolve(file))
                .as("run make crds and commit what it writes")
                .hasSameTextualContentAs(generated.resolve(file));
    }

    @Test
    void everyListHasALimitAndEveryStringALength() throws IOException {
        CustomResourceDefinitions.generate(generated);
        try (var files = Files.list(generated)) {
            for (Path file : files.toList()) {
                assertThat(SchemaLimits.unlimited(file))
                        .as(file.getFileName().toString())
                        .isEqualTo(List.of());
            }
        }
    }
}
