package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.SampleTenants;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page as browsers get it. */
class AdministratorPageTest {

    static List<String> files() {
        return SampleTenants.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everySampleHasAnElementForEachApplicationWithItsState(String file) {
        for (var language : Language.values()) {
            for (var state : ApplicationState.values()) {
                var view = SampleTenants.of(file).all(state).view();
                var page = AdministratorRendering.whole(view, language);
                assertThat(view.applications()
                                .map(it -> "data-application=\"" + it.key() + "\" data-state=\"" + it.state() + "\""))
                        .isNotEmpty()
                        .allSatisfy(it -> assertThat(page).contains(it));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void thePageSaysWhichLanguageItSpeaks(Language language) {
        assertThat(AdministratorRendering.whole(
                        SampleTenants.of("heedify-common.yaml").ready().view(), language))
                .contains("<html lang=\"" + language.tag() + "\"");
    }
}
