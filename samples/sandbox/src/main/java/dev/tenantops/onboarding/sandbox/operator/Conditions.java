package dev.tenantops.onboarding.sandbox.operator;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;

/** What an onboarding's conditions say, in the words of whoever waits for them. */
public final class Conditions {

    private Conditions() {}

    public static boolean isReady(TenantOnboarding onboarding) {
        return has(onboarding.getStatus(), ConditionType.READY, Condition.Status.True);
    }

    public static boolean has(TenantOnboardingStatus status, String type, Condition.Status expected) {
        return status.condition(type).filter(it -> it.status() == expected).isPresent();
    }

    public static boolean has(TenantOnboardingStatus status, String type, Condition.Status expected, String reason) {
        return has(status, type, expected) && hasReason(status, type, reason);
    }

    /** Whether the condition has this reason, whatever its status. */
    public static boolean hasReason(TenantOnboardingStatus status, String type, String reason) {
        return status.condition(type).filter(it -> it.reason().equals(reason)).isPresent();
    }

    /** A condition in a few words. */
    public static String describe(TenantOnboardingStatus status, String type) {
        return status.condition(type)
                .map(it -> "%s=%s %s".formatted(it.type(), it.status(), it.reason()))
                .orElse("no condition " + type);
    }
}
