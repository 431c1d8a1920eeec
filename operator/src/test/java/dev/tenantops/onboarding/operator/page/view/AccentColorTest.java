package dev.tenantops.onboarding.operator.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccentColorTest {

    private static final Pattern VALUE = Pattern.compile("--(accent[a-z-]*): #([0-9a-f]{6});");

    /** The corners and the middle of all colours, and some in between. */
    static Stream<AccentColor> colours() {
        return IntStream.range(0, 6 * 6 * 6)
                .mapToObj(it -> new AccentColor(it / 36 * 51, it / 6 % 6 * 51, it % 6 * 51));
    }

    @ParameterizedTest
    @MethodSource("colours")
    void whatIsWrittenOnAnyColourCanBeRead(AccentColor colour) {
        assertThat(colour.contrast(colour.text())).isGreaterThanOrEqualTo(4.5);
    }

    @ParameterizedTest
    @MethodSource("colours")
    void whatIsWrittenInAnyColourCanBeReadInLightAndInDark(AccentColor colour) {
        var sheet = colour.styleSheet().split("@media");
        for (var surface : new String[] {"ffffff", "f4f5f7", "eef0f4"}) {
            assertThat(value(sheet[0], "accent-ink").contrast(of(surface))).isGreaterThanOrEqualTo(4.5);
        }
        for (var surface : new String[] {"1d2126", "121417", "2a2f37"}) {
            assertThat(value(sheet[1], "accent-ink").contrast(of(surface))).isGreaterThanOrEqualTo(4.5);
        }
        for (var part : sheet) {
            assertThat(value(part, "accent").contrast(value(part, "accent-text")))
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    @Test
    void aColourThatCanBeReadStaysAsItIs() {
        assertThat(value(of("3d2a7d").styleSheet(), "accent")).isEqualTo(of("3d2a7d"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "fff", "#ffffff", "ggggggg", "12345g", "1234567", "ff00ff;"})
    void whatIsNoColourIsNone(String text) {
        assertThat(AccentColor.of(text)).isEmpty();
    }

    @Test
    void aColourIsItsSixDigits() {
        assertThat(of("0A66c2").hex()).isEqualTo("0a66c2");
    }

    private static AccentColor of(String hex) {
        return AccentColor.of(hex).orElseThrow();
    }

    private static AccentColor value(String sheet, String name) {
        return VALUE.matcher(sheet)
                .results()
                .filter(it -> it.group(1).equals(name))
                .map(it -> of(it.group(2)))
                .findFirst()
                .orElseThrow();
    }
}
