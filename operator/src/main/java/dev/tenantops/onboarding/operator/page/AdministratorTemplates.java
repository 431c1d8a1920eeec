package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.view.PageView;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates under {@code templates/administrator}. */
@CheckedTemplate(basePath = "administrator")
final class AdministratorTemplates {

    private AdministratorTemplates() {}

    /** @param revision what tells what is shown from what is shown otherwise */
    static native TemplateInstance onboarding(PageView page, PageRequest at, String revision);

    /** The {@code <main>} of the same page. */
    static native TemplateInstance content(PageView page, PageRequest at);
}
