package dev.tenantops.onboarding.operator.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The templates under {@code templates/overview}. */
@CheckedTemplate(basePath = "overview")
final class OverviewTemplates {

    private OverviewTemplates() {}

    static native TemplateInstance overview(OverviewView view, String language);

    static native TemplateInstance notice(OverviewNotice notice, String language, VendorPage.Contact contact);
}
