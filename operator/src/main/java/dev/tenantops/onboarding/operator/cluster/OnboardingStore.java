package dev.tenantops.onboarding.operator.cluster;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import java.util.Optional;

/** Keeps onboardings without what the operator never reads, and what many of them say alike only once. */
public class OnboardingStore extends ManagedFieldsDroppingStore<TenantOnboarding> {

    private final SharedParts shared = new SharedParts();
    private volatile Optional<TenantClaims> claims = Optional.empty();

    /** Has claims follow what is kept from now on. */
    void follow(TenantClaims followers) {
        claims = Optional.of(followers);
    }

    @Override
    public TenantOnboarding put(String key, TenantOnboarding item) {
        shared.replaceIn(item);
        var before = super.put(key, item);
        claims.ifPresent(it -> it.put(item));
        return before;
    }

    @Override
    public TenantOnboarding remove(String key) {
        var removed = super.remove(key);
        if (removed != null) {
            claims.ifPresent(it -> it.remove(ObjectKey.of(removed)));
        }
        return removed;
    }
}
