package dev.tenantops.onboarding.operator.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.Sandbox;
import dev.tenantops.onboarding.sandbox.demo.ShellEnvironment;
import dev.tenantops.onboarding.sandbox.process.OpenResources;
import dev.tenantops.onboarding.sandbox.smoke.ConsentBrowser;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Node;
import org.junit.jupiter.api.Test;

/**
 * The tutorial as it is printed, with the packaged operator: each {@code sh} block is run, each {@code text} block is what the
 * one before printed last, and where a person opens links a browser does.
 */
class TutorialIT {

    private static final String NOT_RUN = "<!-- not run: ";
    private static final String BROWSE = "<!-- the browser accepts what the links above lead to -->";
    private static final Pattern LINK = Pattern.compile("https://\\S+/adminconsent\\?\\S+");

    @Test
    void theTutorialLeadsToAVerifiedCustomer() {
        var resources = new OpenResources();
        try (var sandbox = Sandbox.start(resources)) {
            resources.add(ShellEnvironment.write(sandbox));
            var browser = resources.add(new ConsentBrowser(sandbox.authority().clientContext()));
            var shell = resources.add(Shell.in(MarkdownFile.REPOSITORY));
            assertThat(follow(MarkdownFile.read(Path.of("docs/tutorial.md")), shell, browser))
                    .isEqualTo(new Followed(12, 3, 3));
        }
    }

    /** How much of it there was, so that nothing is passed over in silence. */
    private record Followed(int blocks, int outputs, int consents) {}

    private static Followed follow(MarkdownFile tutorial, Shell shell, ConsentBrowser browser) {
        var blocks = 0;
        var outputs = 0;
        var consents = 0;
        var printed = "";
        var skip = false;
        for (Node node = tutorial.root().getFirstChild(); node != null; node = node.getNext()) {
            switch (node) {
                case HtmlBlock html when html.getLiteral().startsWith(NOT_RUN) -> skip = true;
                case HtmlBlock html
                when html.getLiteral().equals(BROWSE) -> {
                    consents += accept(printed, browser);
                }
                case FencedCodeBlock block
                when block.getInfo().equals("sh") -> {
                    if (!skip) {
                        printed = shell.run(block.getLiteral());
                        blocks++;
                    }
                    skip = false;
                }
                case FencedCodeBlock block
                when block.getInfo().equals("text") -> {
                    assertThat(spaced(printed)).matches("(?ms:.*^|)" + expected(block.getLiteral()));
                    outputs++;
                }
                case FencedCodeBlock block ->
                    throw new AssertionError("Neither a command nor what one prints: " + block.getLiteral());
                default -> {}
            }
        }
        return new Followed(blocks, outputs, consents);
    }

    private static int accept(String printed, ConsentBrowser browser) {
        var links = LINK.matcher(printed).results().map(it -> it.group()).toList();
        assertThat(links).as(printed).isNotEmpty();
        assertThat(links)
                .allSatisfy(it ->
                        assertThat(browser.accept(URI.create(it)).status()).isEqualTo(200));
        return links.size();
    }

    /** An ellipsis stands for anything; how wide columns are does not matter. */
    private static String expected(String text) {
        return spaced(text)
                .lines()
                .map(line -> Pattern.compile("…")
                                .splitAsStream(line)
                                .map(Pattern::quote)
                                .collect(Collectors.joining(".*"))
                        + (line.endsWith("…") ? ".*" : ""))
                .collect(Collectors.joining("\n"));
    }

    private static String spaced(String text) {
        return text.strip().replaceAll("[ \t]+", " ");
    }
}
