package dev.tenantops.onboarding.operator.cluster;

import dev.tenantops.onboarding.api.TenantOnboarding;

/** Keeps onboardings without what the operator never reads, and what many of them say alike only once. */
public class OnboardingStore extends ManagedFieldsDroppingStore<TenantOnboarding> {

    private final SharedParts shared = new SharedParts();

    @Override
    public TenantOnboarding put(String key, TenantOnboarding item) {
        shared.replaceIn(item);
        return super.put(key, item);
    }
}
