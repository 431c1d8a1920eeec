package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.view.PageView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import java.time.Instant;

/** The templates under {@code templates/administrator}. */
@CheckedTemplate(basePath = "administrator")
final class AdministratorTemplates {

    private AdministratorTemplates() {}

    /** @param revision what tells what is shown from what is shown otherwise */
    static native TemplateInstance onboarding(PageView page, PageRequest at, String revision);

    /** The {@code <main>} of the same page. */
    static native TemplateInstance content(PageView page, PageRequest at);

    /** A page that says one thing. */
    static native TemplateInstance card(Card card, PageRequest at);

    /**
     * To print; only of what is {@link PageView#proven}.
     *
     * @param now when it is made
     */
    static native TemplateInstance proof(PageView page, PageRequest at, Instant now);
}
