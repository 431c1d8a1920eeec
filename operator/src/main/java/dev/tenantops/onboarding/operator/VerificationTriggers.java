package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/**
 * Which changes of an onboarding ask for a check: its spec and the annotations that say so, but not the operator's own
 * writes to its status.
 */
public class VerificationTriggers implements OnUpdateFilter<TenantOnboarding> {

    @Override
    public boolean accept(TenantOnboarding current, TenantOnboarding previous) {
        return !Objects.equals(
                        current.getMetadata().getUid(), previous.getMetadata().getUid())
                || !Objects.equals(
                        current.getMetadata().getGeneration(),
                        previous.getMetadata().getGeneration())
                || changed(TenantOnboarding.RECONCILE_REQUESTED_AT, current, previous)
                || changed(TenantOnboarding.CONSENT_RETURNED, current, previous);
    }

    private static boolean changed(String annotation, TenantOnboarding current, TenantOnboarding previous) {
        return !current.annotation(annotation).equals(previous.annotation(annotation));
    }
}
