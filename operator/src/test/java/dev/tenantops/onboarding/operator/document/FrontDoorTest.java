package dev.tenantops.onboarding.operator.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** README.md is where people begin: short, and every other document can be reached from it. */
class FrontDoorTest {

    private static final Path README = Path.of("README.md");
    private static final int MOST_LINES = 200;

    @Test
    void theReadmeIsShort() throws IOException {
        assertThat(Files.readAllLines(MarkdownFile.REPOSITORY.resolve(README))).hasSizeLessThanOrEqualTo(MOST_LINES);
    }

    @Test
    void everyDocumentIsReachedFromTheReadme() {
        assertThat(reached())
                .containsAll(MarkdownFile.all().stream()
                        .map(MarkdownFile::path)
                        .filter(it -> it.startsWith("docs"))
                        .toList());
    }

    private static Set<Path> reached() {
        var reached = new LinkedHashSet<>(Set.of(README));
        var open = new ArrayDeque<>(reached);
        while (!open.isEmpty()) {
            var document = open.remove();
            MarkdownFile.read(document).destinations().stream()
                    .map(URI::create)
                    .filter(it -> !it.isAbsolute() && it.getPath().endsWith(".md"))
                    .map(it -> MarkdownFile.REPOSITORY.relativize(MarkdownFile.REPOSITORY
                            .resolve(document)
                            .getParent()
                            .resolve(it.getPath())
                            .normalize()))
                    .filter(reached::add)
                    .forEach(open::add);
        }
        return reached;
    }
}
