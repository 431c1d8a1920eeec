package dev.tenantops.onboarding.operator.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a document refers to is there. Nothing outside of the repository is asked. */
class LinksTest {

    private static final Pattern PATH = Pattern.compile("(?:crds|docs|helm|operator|samples)/[\\w./-]+");
    private static final Pattern BUILT = Pattern.compile("(?:^|/)target(?:/|$)");
    private static final Pattern DEPLOYMENT_OF_A_RELEASE = Pattern.compile("(?:deployment|deploy)/[a-z]");

    static List<MarkdownFile> documents() {
        return MarkdownFile.all();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void everyLinkLeadsToAFileAndToAHeadingOfIt(MarkdownFile document) {
        assertThat(document.destinations())
                .allSatisfy(it -> assertThat(isBroken(document, it)).as(it).isFalse());
    }

    static List<MarkdownFile> documentsOfToday() {
        return documents().stream()
                .filter(it -> !it.path().equals(Path.of("CHANGELOG.md")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documentsOfToday")
    void everyPathThatASentenceNamesIsThere(MarkdownFile document) {
        assertThat(document.codeInText())
                .filteredOn(
                        it -> PATH.matcher(it).matches() && !BUILT.matcher(it).find())
                .allSatisfy(
                        it -> assertThat(MarkdownFile.REPOSITORY.resolve(it)).exists());
    }

    /** Its name depends on the release's, and {@code kubectl logs} reads one of its pods. Labels find them all. */
    @ParameterizedTest
    @MethodSource("documents")
    void noCommandNamesTheDeploymentOfOneRelease(MarkdownFile document) {
        assertThat(document.codeBlocks())
                .noneMatch(it -> DEPLOYMENT_OF_A_RELEASE.matcher(it).find());
        assertThat(document.codeInText())
                .noneMatch(it -> it.contains("kubectl")
                        && DEPLOYMENT_OF_A_RELEASE.matcher(it).find());
    }

    @Test
    void aLinkToNothingIsNoticed() {
        var document = MarkdownFile.parse(Path.of("docs/some.md"), """
                # Some *text*, `code`: and more

                ## Twice

                ## Twice

                [a](#some-text-code-and-more) [b](#twice-1) [c](metrics.md) [d](../README.md#install)
                [e](https://example.com/gone)

                [f](#twice-2) [g](gone.md) [h](../README.md#gone) [i](../../outside.md) ![j](gone.png)
                <img src="gone.svg">
                """);
        assertThat(document.destinations())
                .filteredOn(it -> isBroken(document, it))
                .containsExactly(
                        "#twice-2", "gone.md", "../README.md#gone", "../../outside.md", "gone.png", "gone.svg");
    }

    private static boolean isBroken(MarkdownFile document, String destination) {
        var link = URI.create(destination);
        if (link.isAbsolute()) {
            return false;
        }
        var folder = MarkdownFile.REPOSITORY.resolve(document.path()).getParent();
        var target = link.getPath().isEmpty()
                ? document.path()
                : MarkdownFile.REPOSITORY.relativize(
                        folder.resolve(link.getPath()).normalize());
        if (target.equals(document.path())) {
            return lacks(document, link.getFragment());
        }
        return target.startsWith("..")
                || !Files.exists(MarkdownFile.REPOSITORY.resolve(target))
                || link.getFragment() != null && lacks(MarkdownFile.read(target), link.getFragment());
    }

    private static boolean lacks(MarkdownFile document, String anchor) {
        return anchor != null && !document.anchors().contains(anchor);
    }
}
