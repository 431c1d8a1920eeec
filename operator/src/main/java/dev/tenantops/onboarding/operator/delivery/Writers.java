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
        StatusWriter<ApplicationCatalog, ApplicationCatalogSpec, ApplicationCatalogStatus> catalogs) {}
