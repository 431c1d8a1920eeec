package dev.tenantops.onboarding.operator.page.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each language has words for everything, with the same parts in them. */
class PageMessagesTest {

    private static final Pattern PART = Pattern.compile("\\{\\w+}");

    @ParameterizedTest
    @EnumSource
    void everyKeyHasWordsAndNothingElseDoes(Language language) {
        var texts = MessageFile.of(language).texts();
        assertThat(texts.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(keys());
        assertThat(texts.values()).noneMatch(it -> it.toString().isBlank());
    }

    @ParameterizedTest
    @EnumSource
    void everyTextHasThePartsOfItsKey(Language language) {
        var texts = MessageFile.of(language).texts();
        assertThat(MessageFile.methods().filter(it -> !MessageFile.ofEnum(it)))
                .allSatisfy(it -> assertThat(PART.matcher(texts.getProperty(it.getName()))
                                .results()
                                .map(MatchResult::group)
                                .distinct())
                        .containsExactlyInAnyOrderElementsOf(Stream.of(it.getParameters())
                                .map(part -> "{" + part.getName() + "}")
                                .toList()));
    }

    /** Of more messages in one bundle Quarkus 3.34 makes a class that the Java runtime refuses, so that nothing starts. */
    @ParameterizedTest
    @ValueSource(strings = {"page_en", "page_de", "state_en", "state_de", "overview_en", "overview_de"})
    void aBundleIsSmallEnoughToStart(String file) throws IOException {
        var texts = new Properties();
        try (var in = PageMessagesTest.class.getResourceAsStream("/messages/" + file + ".properties")) {
            texts.load(in);
        }
        assertThat(texts).hasSizeLessThanOrEqualTo(240);
    }

    @ParameterizedTest
    @EnumSource
    void everyStateIsCalledByWordsOfItsOwn(Language language) {
        var messages = Words.of(language).states();
        assertThat(Stream.of(ApplicationState.values()).map(messages::stateTitle))
                .doesNotHaveDuplicates();
        assertThat(Stream.of(ApplicationState.values()).map(messages::state)).doesNotHaveDuplicates();
    }

    @Test
    void whatStandsInAnArgumentIsTextAndNoPartOfTheMessage() {
        var messages = Words.of(Language.English).messages();
        assertThat(messages.proofStatement("{made} $1 \\", "{until}", "tomorrow"))
                .contains("On {made} $1 \\ the directory", "was made on {until}.", "Until tomorrow");
    }

    @Test
    void germanAddressesPeopleFormally() {
        assertThat(MessageFile.of(Language.German).texts().values())
                .noneMatch(it -> it.toString().matches("(?s).*\\b([Dd]u|[Dd]ich|[Dd]ir|[Dd]eine?[rmns]?)\\b.*"));
    }

    private static List<String> keys() {
        return MessageFile.methods().flatMap(PageMessagesTest::keys).toList();
    }

    private static Stream<String> keys(Method method) {
        return MessageFile.ofEnum(method)
                ? Arrays.stream(method.getParameterTypes()[0].getEnumConstants())
                        .map(it -> method.getName() + "_" + ((Enum<?>) it).name())
                : Stream.of(method.getName());
    }
}
