package dev.tenantops.onboarding.operator.page.pack;

import dev.tenantops.onboarding.operator.page.pack.Block.Heading;
import dev.tenantops.onboarding.operator.page.pack.Block.Line;
import dev.tenantops.onboarding.operator.page.pack.Block.Listing;
import dev.tenantops.onboarding.operator.page.pack.Block.Paragraph;
import dev.tenantops.onboarding.operator.page.pack.Block.Step;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A pack as plain text. */
final class TextForm {

    /** What ends a line, moves the cursor, or turns the direction of what follows. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\s]+");

    private TextForm() {}

    static String of(List<Block> blocks) {
        return blocks.stream().map(TextForm::block).collect(Collectors.joining("\n\n", "", "\n"));
    }

    /** Text of anybody's, on one line. */
    static String plain(String text) {
        return INVISIBLE.matcher(text).replaceAll(" ").strip();
    }

    /** The same with its columns. */
    static String listed(String line) {
        return List.of(line.split("\t")).stream().map(TextForm::plain).collect(Collectors.joining("\t"));
    }

    private static String block(Block block) {
        return switch (block) {
            case Heading(var level, var text) -> heading(level, plain(text));
            case Paragraph(var text) -> plain(text);
            case Listing(var lines) -> lines.stream().map(TextForm::listed).collect(Collectors.joining("\n"));
            case Step step -> step(step);
        };
    }

    private static String heading(int level, String text) {
        return switch (level) {
            case 1 -> text + "\n" + "=".repeat(text.length());
            case 2 -> text + "\n" + "-".repeat(text.length());
            default -> text;
        };
    }

    private static String step(Step step) {
        var text = new StringBuilder(step.number() + ". " + plain(step.title()) + ": " + plain(step.state()));
        step.sentences().forEach(it -> text.append("\n   ").append(plain(it)));
        step.lines().forEach(it -> text.append("\n   ").append(line(it)));
        return text.toString();
    }

    private static String line(Line line) {
        var label = plain(line.label().replaceFirst(":$", "")) + ": ";
        return (label + line.url().orElseGet(() -> plain(line.text()))).stripTrailing()
                + line.items().stream().map(it -> "\n   - " + plain(it)).collect(Collectors.joining());
    }
}
