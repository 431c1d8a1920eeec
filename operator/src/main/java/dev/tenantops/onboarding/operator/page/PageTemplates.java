package dev.tenantops.onboarding.operator.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates under {@code templates/consent}. */
@CheckedTemplate(basePath = "consent")
final class PageTemplates {

    private PageTemplates() {}

    static native TemplateInstance callback(CallbackPage page);
}
