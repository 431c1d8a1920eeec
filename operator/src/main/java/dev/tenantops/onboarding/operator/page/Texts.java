package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.PageMessages;
import dev.tenantops.onboarding.operator.page.view.StateMessages;
import dev.tenantops.onboarding.operator.page.view.Words;
import io.quarkus.qute.i18n.Localized;
import io.quarkus.qute.i18n.MessageBundles;

/** The messages of a language, outside of templates. */
final class Texts {

    private Texts() {}

    static Words of(Language language) {
        return new Words(bundle(PageMessages.class, language), bundle(StateMessages.class, language));
    }

    private static <T> T bundle(Class<T> bundle, Language language) {
        return language == Language.English
                ? MessageBundles.get(bundle)
                : MessageBundles.get(bundle, Localized.Literal.of(language.tag()));
    }
}
