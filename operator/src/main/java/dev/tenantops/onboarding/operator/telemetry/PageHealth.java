package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.operator.config.PageState;
import io.quarkus.arc.lookup.LookupIfProperty;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Browsers are led to a pod once it knows all onboardings and has a key. One whose API server is silent later on is still
 * led to, since it shows what it knows, and says so.
 */
@Readiness
@LookupIfProperty(name = "onboarding.mode", stringValue = "Page")
@Singleton
public class PageHealth implements HealthCheck {

    private final PageState page;

    public PageHealth(PageState page) {
        this.page = page;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Pages")
                .withData("onboardings and catalogs", page.synced() ? "known" : "not listed yet")
                .withData("keys of the links", page.hasKeys() ? "found" : "none in onboarding.page.key-directory")
                .status(page.synced() && page.hasKeys())
                .build();
    }
}
