package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.Variant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CallbackPageTest {

    private static final KnownOnboarding ONBOARDING = new KnownOnboarding(
            "7d1c2a34-0b5e-4f6a-8c9d-112233445566",
            "customers",
            "contoso",
            "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10",
            Optional.empty());

    private final Engine engine = Engine.builder()
            .addDefaults()
            .addValueResolver(new ReflectionValueResolver())
            .addResultMapper(new HtmlEscaper(List.of(Variant.TEXT_HTML)))
            .build();

    static Stream<CallbackPage> everyPage() {
        return Stream.concat(
                Stream.of(
                        CallbackPage.of(new CallbackOutcome.NothingChanged(), false),
                        CallbackPage.of(new CallbackOutcome.Unasked(), false),
                        CallbackPage.of(new CallbackOutcome.EarlierLink(ONBOARDING.tenantId(), "call-center"), false),
                        CallbackPage.of(new CallbackOutcome.OtherTenant(ONBOARDING.tenantId()), false),
                        CallbackPage.of(new CallbackOutcome.ToVerify(ONBOARDING, "call-center", true), true),
                        CallbackPage.of(new CallbackOutcome.ToVerify(ONBOARDING, "call-center", true), false)),
                Arrays.stream(ConsentFailure.values())
                        .flatMap(it -> Stream.of(
                                new ConsentRefusal(it, Optional.empty()), new ConsentRefusal(it, Optional.of(399284))))
                        .map(it -> CallbackPage.of(new CallbackOutcome.NotGiven(it), false)));
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void everyPageSaysWhatHappenedAndWhatToDo(CallbackPage page) {
        var html = render(page);

        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("<html lang=\"en\">", "<title>" + escaped(page.title()) + "</title>")
                .contains("<h1>" + escaped(page.title()) + "</h1>")
                .contains("<main class=\"" + page.tone() + "\">")
                .contains("href=\"style.css\"");
        assertThat(page.paragraphs())
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(it -> assertThat(html).contains("<p>" + escaped(it) + "</p>"));
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void noPageNeedsAnythingThatItsContentSecurityPolicyForbids(CallbackPage page) {
        assertThat(render(page)).doesNotContain("<script", "style=", "<style", "http://", "https://", "<form", "<img");
    }

    @ParameterizedTest
    @MethodSource("everyPage")
    void everyToneHasAStyle(CallbackPage page) {
        assertThat(resource("META-INF/resources/consent/style.css")).contains("." + page.tone() + " {");
    }

    @Test
    void aCodeIsNamedForWhoeverSentTheLink() {
        var page = CallbackPage.of(
                new CallbackOutcome.NotGiven(new ConsentRefusal(ConsentFailure.Other, Optional.of(399284))), false);

        assertThat(page.paragraphs()).anyMatch(it -> it.contains("AADSTS399284"));
    }

    @Test
    void valuesAreEscaped() {
        var page = new CallbackPage(CallbackPage.Tone.Neutral, "<b>title</b>", List.of("<script>alert(1)</script>"));

        assertThat(render(page)).doesNotContain("<b>", "<script>").contains("&lt;script&gt;");
    }

    private String render(CallbackPage page) {
        return engine.parse(resource("templates/consent/callback.html"), Variant.forContentType(Variant.TEXT_HTML))
                .data("page", page)
                .render();
    }

    private static String escaped(String text) {
        return text.replace("'", "&#39;");
    }

    private static String resource(String name) {
        try (var in = CallbackPage.class.getClassLoader().getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
