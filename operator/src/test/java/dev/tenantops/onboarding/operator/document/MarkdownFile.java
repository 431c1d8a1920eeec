package dev.tenantops.onboarding.operator.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/**
 * A committed document.
 *
 * @param path from the root of the repository
 */
record MarkdownFile(Path path, Node root) {

    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final Set<String> NOT_OURS = Set.of("target", ".git", "node_modules");
    private static final Pattern HTML_LINK = Pattern.compile("(?:href|src)\\s*=\\s*\"([^\"]*)\"");
    private static final Pattern HTML_ANCHOR = Pattern.compile("(?:id|name)\\s*=\\s*\"([^\"]*)\"");

    /** Every document of the repository. */
    static List<MarkdownFile> all() {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(REPOSITORY, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    return NOT_OURS.contains(folder.getFileName().toString())
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".md")) {
                        found.add(REPOSITORY.relativize(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found.stream().sorted().map(MarkdownFile::read).toList();
    }

    /** @param path from the root of the repository */
    static MarkdownFile read(Path path) {
        try {
            return parse(path, Files.readString(REPOSITORY.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MarkdownFile parse(Path path, String text) {
        return new MarkdownFile(path, Parser.builder().build().parse(text));
    }

    /** Where links and pictures lead to, as it is written. */
    List<String> destinations() {
        return collect(node -> switch (node) {
            case Link link -> List.of(link.getDestination());
            case Image image -> List.of(image.getDestination());
            case HtmlBlock html -> matches(HTML_LINK, html.getLiteral());
            case HtmlInline html -> matches(HTML_LINK, html.getLiteral());
            default -> List.of();
        });
    }

    /** What a link may name after a {@code #}: headings as GitHub names them, and anchors in HTML. */
    Set<String> anchors() {
        var anchors = new LinkedHashSet<String>();
        for (String anchor : collect(node -> switch (node) {
            case Heading heading -> List.of(slug(text(heading)));
            case HtmlBlock html -> matches(HTML_ANCHOR, html.getLiteral());
            case HtmlInline html -> matches(HTML_ANCHOR, html.getLiteral());
            default -> List.of();
        })) {
            var unique = anchor;
            for (int number = 1; !anchors.add(unique); number++) {
                unique = anchor + "-" + number;
            }
        }
        return anchors;
    }

    /** What is written as code within a sentence. */
    List<String> codeInText() {
        return collect(node -> node instanceof Code code ? List.of(code.getLiteral()) : List.of());
    }

    /** Blocks of code, whatever their language. */
    List<String> codeBlocks() {
        return collect(node -> node instanceof FencedCodeBlock block ? List.of(block.getLiteral()) : List.of());
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private List<String> collect(Function<Node, List<String>> of) {
        var found = new ArrayList<String>();
        collect(root, of, found);
        return found;
    }

    private static void collect(Node node, Function<Node, List<String>> of, List<String> found) {
        found.addAll(of.apply(node));
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            collect(child, of, found);
        }
    }

    private static String text(Node node) {
        var text = new StringBuilder();
        for (var child = node.getFirstChild(); child != null; child = child.getNext()) {
            text.append(
                    switch (child) {
                        case Text literal -> literal.getLiteral();
                        case Code code -> code.getLiteral();
                        default -> text(child);
                    });
        }
        return text.toString();
    }

    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}\\p{M}_ -]", "")
                .replace(' ', '-');
    }

    private static List<String> matches(Pattern pattern, String html) {
        return pattern.matcher(html).results().map(it -> it.group(1)).toList();
    }
}
