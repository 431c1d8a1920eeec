package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.TenantOnboardingStatus.ApplicationStatus;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Memory;

/** Reads back from a status what verdicts need to know of the past. */
public final class Memories {

    private Memories() {}

    public static Memory of(ApplicationStatus previous) {
        return new Memory(
                previous.granted(),
                Timestamps.parse(previous.lastGrantedTime()),
                Timestamps.parse(previous.firstMissingTime()),
                Timestamps.parse(previous.consentReturnedTime()));
    }
}
