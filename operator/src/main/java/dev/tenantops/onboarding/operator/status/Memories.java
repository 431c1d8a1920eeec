package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.ApplicationStatus;
import dev.tenantops.onboarding.operator.verdict.Memory;
import java.util.List;
import java.util.Optional;

/** Reads back from a status what verdicts need to know of the past. */
public final class Memories {

    private Memories() {}

    /** @param status what {@code application} is a part of */
    public static Memory of(TenantOnboardingStatus status, ApplicationStatus application) {
        return new Memory(
                Optional.of(application.state()),
                application.granted(),
                application.missing(),
                complete(application.granted(), application.grantedTotal())
                        && complete(application.missing(), application.missingTotal()),
                Timestamps.parse(status.lastVerified()),
                Timestamps.parse(application.lastGrantedTime()),
                Timestamps.parse(application.vanishedTime()),
                Timestamps.parse(application.firstMissingTime()),
                Timestamps.parse(application.appearedTime()),
                Timestamps.parse(application.consentReturnedTime()));
    }

    private static boolean complete(List<?> shown, Integer total) {
        return total == null || total <= shown.size();
    }
}
