package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.page.vendor.Language;
import dev.tenantops.onboarding.operator.page.vendor.NextActor;
import dev.tenantops.onboarding.operator.page.vendor.OverviewReason;
import dev.tenantops.onboarding.operator.page.vendor.Ready;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each language has a word for everything, with the same parts in it. */
class OverviewMessagesTest {

    private static final Pattern PART = Pattern.compile("\\{\\w+}");

    @ParameterizedTest
    @EnumSource
    void everyKeyHasAWordAndNothingElseDoes(Language language) throws IOException {
        var words = words(language);
        assertThat(words.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(keys());
        assertThat(words.values()).noneMatch(it -> it.toString().isBlank());
    }

    @ParameterizedTest
    @EnumSource
    void everyWordHasThePartsOfItsKey(Language language) throws IOException {
        var words = words(language);
        assertThat(Stream.of(OverviewMessages.class.getMethods())
                        .filter(it -> constants(it).isEmpty()))
                .allSatisfy(it -> assertThat(PART.matcher(words.getProperty(it.getName()))
                                .results()
                                .map(MatchResult::group))
                        .containsExactlyInAnyOrderElementsOf(Stream.of(it.getParameters())
                                .map(part -> "{" + part.getName() + "}")
                                .toList()));
    }

    private static List<String> keys() {
        return Stream.of(OverviewMessages.class.getMethods())
                .flatMap(it -> constants(it).isEmpty()
                        ? Stream.of(it.getName())
                        : constants(it).stream().map(constant -> it.getName() + "_" + constant))
                .toList();
    }

    private static List<String> constants(Method method) {
        return Stream.of(method.getParameterTypes())
                .filter(List.of(Ready.class, NextActor.class, OverviewReason.class)::contains)
                .flatMap(it -> Arrays.stream(it.getEnumConstants()))
                .map(Object::toString)
                .toList();
    }

    private static Properties words(Language language) throws IOException {
        var words = new Properties();
        try (var file = OverviewMessages.class.getResourceAsStream("/messages/overview_" + language + ".properties")) {
            words.load(new InputStreamReader(file, StandardCharsets.UTF_8));
        }
        return words;
    }
}
