package dev.tenantops.onboarding.operator.delivery;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;

/** The writers of statuses, one for each kind. */
public record Writers(
        StatusWriter<TenantOnboarding, TenantOnboardingSpec, TenantOnboardingStatus> onboardings,
        StatusWriter<ApplicationCatalog, ApplicationCatalogSpec, ApplicationCatalogStatus> catalogs) {

    /** Two keep a processor of the API server busy, which needs some 9 ms of it for each status. */
    public static final int ONBOARDINGS_AT_ONCE = 2;

    public static final int CATALOGS_AT_ONCE = 1;
}
