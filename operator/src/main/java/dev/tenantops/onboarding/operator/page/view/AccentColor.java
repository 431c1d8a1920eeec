package dev.tenantops.onboarding.operator.page.view;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The colour of a product, and what can be read on it and in it. The contrast is that of WCAG 2, at least 4.5 to 1:
 * https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
 *
 * @param red from 0 to 255
 */
public record AccentColor(int red, int green, int blue) {

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{6}");
    private static final double READABLE = 4.5;
    private static final double DISTINCT = 3;
    private static final AccentColor WHITE = new AccentColor(255, 255, 255);
    private static final AccentColor BLACK = new AccentColor(0, 0, 0);

    /** The surfaces of the style sheet, light and dark, of which each is the one that is harder to read on. */
    private static final AccentColor LIGHT = new AccentColor(0xee, 0xf0, 0xf4);

    private static final AccentColor DARK = new AccentColor(0x2a, 0x2f, 0x37);

    /** One of six hexadecimal digits; empty for any other text. */
    public static Optional<AccentColor> of(String hex) {
        if (hex == null || !HEX.matcher(hex).matches()) {
            return Optional.empty();
        }
        var value = Integer.parseInt(hex, 16);
        return Optional.of(new AccentColor(value >> 16, value >> 8 & 0xff, value & 0xff));
    }

    /** Six hexadecimal digits. */
    public String hex() {
        return String.format(Locale.ROOT, "%02x%02x%02x", red, green, blue);
    }

    /** The style sheet that gives a page this colour, on light and on dark surfaces. */
    public String styleSheet() {
        return """
                :root {
                %s}

                @media screen and (prefers-color-scheme: dark) {
                  :root {
                %s  }
                }
                """.formatted(variables("  ", LIGHT, BLACK), variables("    ", DARK, WHITE));
    }

    /** Black or white, whichever is easier to read on this colour; one of them always can be. */
    public AccentColor text() {
        return contrast(WHITE) >= READABLE ? WHITE : BLACK;
    }

    /** This colour, as much nearer to another as it takes to be read on a surface. */
    public AccentColor readableOn(AccentColor surface, AccentColor towards) {
        return mixed(surface, towards, READABLE);
    }

    public double contrast(AccentColor other) {
        var lighter = Math.max(luminance(), other.luminance());
        var darker = Math.min(luminance(), other.luminance());
        return (lighter + 0.05) / (darker + 0.05);
    }

    private String variables(String indent, AccentColor surface, AccentColor towards) {
        var fill = mixed(surface, towards, DISTINCT);
        return indent + "--accent: #" + fill.hex() + ";\n"
                + indent + "--accent-text: #" + fill.text().hex() + ";\n"
                + indent + "--accent-ink: #" + readableOn(surface, towards).hex() + ";\n";
    }

    private AccentColor mixed(AccentColor surface, AccentColor towards, double wanted) {
        var mixed = this;
        for (var step = 1; step <= 20 && mixed.contrast(surface) < wanted; step++) {
            mixed = mix(towards, step / 20.0);
        }
        return mixed;
    }

    private AccentColor mix(AccentColor other, double share) {
        return new AccentColor(
                mix(red, other.red, share), mix(green, other.green, share), mix(blue, other.blue, share));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }

    private double luminance() {
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    }

    private static double linear(int channel) {
        var share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
