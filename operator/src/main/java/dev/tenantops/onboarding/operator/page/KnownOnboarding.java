package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.api.ConsentReturn;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Instant;
import java.util.Optional;

/**
 * As much of a TenantOnboarding as the callback needs.
 *
 * @param consentReturned when the callback was last recorded on it
 */
public record KnownOnboarding(
        String uid, String namespace, String name, String tenantId, Optional<Instant> consentReturned) {

    public static KnownOnboarding of(TenantOnboarding onboarding) {
        var metadata = onboarding.getMetadata();
        return new KnownOnboarding(
                metadata.getUid(),
                metadata.getNamespace(),
                metadata.getName(),
                onboarding.getSpec().tenantId(),
                onboarding.consentReturn().map(ConsentReturn::at));
    }
}
