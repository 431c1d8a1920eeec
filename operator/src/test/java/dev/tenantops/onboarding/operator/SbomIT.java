package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of what the packaged operator consists of. */
class SbomIT {

    private static final Path TARGET = Path.of("target");
    private static final Pattern LIBRARY = Pattern.compile("([^:]+):([^:]+):[^:]*:jar:(.+)");

    private static Map<String, JsonNode> components;

    @BeforeAll
    static void read() throws IOException {
        JsonNode bom = new ObjectMapper().readTree(TARGET.resolve("bom.json").toFile());
        assertThat(bom.path("bomFormat").asText()).isEqualTo("CycloneDX");
        components = StreamSupport.stream(bom.path("components").spliterator(), false)
                .collect(Collectors.toMap(
                        it -> it.path("group").asText() + ":" + it.path("name").asText() + ":"
                                + it.path("version").asText(),
                        Function.identity(),
                        (one, other) -> one));
    }

    @Test
    void everyLibraryOfThePackagedOperatorIsListed() throws IOException {
        assertThat(Files.readAllLines(TARGET.resolve("quarkus-app/quarkus-app-dependencies.txt")).stream()
                        .map(LIBRARY::matcher)
                        .filter(Matcher::matches)
                        .map(it -> it.group(1) + ":" + it.group(2) + ":" + it.group(3)))
                .isNotEmpty()
                .isSubsetOf(components.keySet());
    }

    @Test
    void whatTalksToMicrosoftIsListedWithItsLicenceAndChecksum() {
        for (String library :
                new String[] {"com.microsoft.azure:msal4j:", "com.microsoft.graph:microsoft-graph-core:"}) {
            assertThat(components.entrySet())
                    .as(library)
                    .filteredOn(it -> it.getKey().startsWith(library))
                    .singleElement()
                    .satisfies(it -> {
                        assertThat(it.getValue().at("/licenses/0/license/id").asText())
                                .isEqualTo("MIT");
                        assertThat(it.getValue().path("hashes")).isNotEmpty();
                    });
        }
    }

    @Test
    void whatOnlyTestsUseIsNotListed() {
        assertThat(components.keySet()).noneMatch(it -> it.matches("(org\\.junit|org\\.assertj|org\\.seleniumhq).*"));
    }
}
