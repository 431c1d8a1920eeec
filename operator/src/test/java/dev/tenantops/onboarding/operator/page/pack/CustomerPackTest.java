package dev.tenantops.onboarding.operator.page.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.PageView;
import dev.tenantops.onboarding.operator.page.view.SampleTenants;
import dev.tenantops.onboarding.operator.page.view.Words;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CustomerPackTest {

    static List<String> files() {
        return SampleTenants.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyLinkStandsInItInTheOrderOfThePage(String file) {
        var view = SampleTenants.of(file)
                .all(ApplicationState.NotVerified)
                .verifier("VerifierConsentRequired")
                .view();
        var links = Stream.concat(
                        view.products().stream().flatMap(it -> it.verifier().consent().stream()),
                        view.applications().flatMap(it -> it.consent().stream()))
                .map(PageView.Consent::url)
                .toArray(String[]::new);
        for (var language : Language.values()) {
            assertThat(text(view, language)).containsSubsequence(links);
            assertThat(markdown(view, language)).containsSubsequence(links);
        }
    }

    @Test
    void itSaysWhoCanAndWhyAndWhatTheFirewallLetsThrough() {
        var view = SampleTenants.of("heedify-unify.yaml").granted(1).view();
        assertThat(text(view, Language.English))
                .contains("Who can do this: Privileged Role Administrator or Global Administrator")
                .contains("Read the presence of everybody in Teams")
                .contains("*.signalr.net\tTCP 443\tWSS (WebSocket over TLS)")
                .contains("Questions? onboarding@heedify.example");
        assertThat(text(view, Language.German)).contains("Wer das kann: Administrator für privilegierte Rollen oder");
    }

    @Test
    void whatIsGrantedHasNoLink() {
        var view = SampleTenants.of("heedify-common.yaml").ready().view();
        assertThat(text(view, Language.English))
                .contains("Heedify Reports: Granted")
                .doesNotContain("https://login");
    }

    @Test
    void whatTheVendorWritesIsTextInMarkdown() {
        var hostile = "](javascript:x) <img src=x>\n# Heading **bold** `code` | a&amp;b ~~x~~ www.example.com";
        assertThat(MarkdownForm.escaped(hostile))
                .doesNotContain("\n")
                .isEqualTo("\\](javascript:x) \\<img src=x\\> \\# Heading \\*\\*bold\\*\\* \\`code\\` \\| a\\&amp;b"
                        + " \\~\\~x\\~\\~ www.example.com");
        assertThat(MarkdownForm.escaped("1. Pay")).isEqualTo("1\\. Pay");
        assertThat(MarkdownForm.escaped("- Pay")).isEqualTo("\\- Pay");
    }

    @Test
    void aNameCannotBeginALineOfItsOwn() {
        var view = SampleTenants.of("heedify-common.yaml")
                .called("Contoso\r\n\n# Pay here: https://evil.example\u202e")
                .granted(0)
                .view();
        assertThat(text(view, Language.English).lines()).noneMatch(it -> it.startsWith("# Pay"));
        assertThat(markdown(view, Language.English).lines()).noneMatch(it -> it.startsWith("# Pay"));
        assertThat(text(view, Language.English)).doesNotContain("\u202e");
    }

    private static String text(PageView view, Language language) {
        return CustomerPack.text(view, language, Words.of(language));
    }

    private static String markdown(PageView view, Language language) {
        return CustomerPack.markdown(view, language, Words.of(language));
    }
}
