package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;

/** Follows checks, for whoever wants to see what they do. */
@FunctionalInterface
public interface CheckTrace {

    /** Follows nothing. */
    CheckTrace NONE = (_, check) -> check.run();

    /** Does a check and says what it came to. */
    CheckResult check(TenantOnboarding onboarding, Check check) throws InterruptedException;

    /** One check. */
    @FunctionalInterface
    interface Check {
        CheckResult run() throws InterruptedException;
    }
}
