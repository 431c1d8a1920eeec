package dev.tenantops.onboarding.operator.page.pack;

import dev.tenantops.onboarding.operator.page.pack.Block.Heading;
import dev.tenantops.onboarding.operator.page.pack.Block.Line;
import dev.tenantops.onboarding.operator.page.pack.Block.Listing;
import dev.tenantops.onboarding.operator.page.pack.Block.Paragraph;
import dev.tenantops.onboarding.operator.page.pack.Block.Step;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pack as CommonMark. Whatever it says is text: each character that means something where it stands is escaped. */
final class MarkdownForm {

    private static final Pattern MEANINGFUL = Pattern.compile("[\\\\`*_{}\\[\\]<>#!|~&]");

    /** What makes a list, a heading or a rule of a line that begins with it. */
    private static final Pattern BEGINNING = Pattern.compile("^([-+=]|[0-9]{1,9}(?=[.)]))");

    private MarkdownForm() {}

    static String of(List<Block> blocks) {
        return blocks.stream().map(MarkdownForm::block).collect(Collectors.joining("\n\n", "", "\n"));
    }

    /** Text of anybody's, on one line. */
    static String escaped(String text) {
        var escaped = MEANINGFUL.matcher(TextForm.plain(text)).replaceAll("\\\\$0");
        return BEGINNING
                .matcher(escaped)
                .replaceFirst(
                        it -> Character.isDigit(it.group().charAt(0)) ? it.group() + "\\\\" : "\\\\" + it.group());
    }

    private static String block(Block block) {
        return switch (block) {
            case Heading(var level, var text) -> "#".repeat(level) + " " + escaped(text);
            case Paragraph(var text) -> escaped(text);
            case Listing(var lines) ->
                lines.stream().map(it -> "    " + TextForm.listed(it)).collect(Collectors.joining("\n"));
            case Step step -> step(step);
        };
    }

    private static String step(Step step) {
        var text = new StringBuilder(
                "**" + step.number() + "\\. " + escaped(step.title()) + "**: " + escaped(step.state()));
        step.sentences().forEach(it -> text.append("\\\n").append(escaped(it)));
        if (!step.lines().isEmpty()) {
            text.append("\n");
        }
        step.lines().forEach(it -> text.append("\n").append(line(it)));
        return text.toString();
    }

    private static String line(Line line) {
        var label = "- " + escaped(line.label().replaceFirst(":$", "")) + ": ";
        return line.url()
                .map(it -> label + "<" + it + ">")
                .orElseGet(() -> (label + escaped(line.text())).stripTrailing()
                        + line.items().stream()
                                .map(it -> "\n  - " + escaped(it))
                                .collect(Collectors.joining()));
    }
}
