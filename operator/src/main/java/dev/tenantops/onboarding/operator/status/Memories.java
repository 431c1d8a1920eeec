package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.ApplicationStatus;
import dev.tenantops.onboarding.operator.desired.SeenApplication;
import dev.tenantops.onboarding.operator.verdict.Memory;
import dev.tenantops.onboarding.operator.verdict.Past;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads back from a status what verdicts need to know of the past. */
public final class Memories {

    private Memories() {}

    /** What a status shows to be in the tenant, licensed or not. */
    public static List<SeenApplication> seen(TenantOnboardingStatus status) {
        return status.applications().stream()
                .filter(it -> it.clientId() != null)
                .filter(it -> it.servicePrincipalId() != null || noLongerLicensed(it))
                .map(it -> new SeenApplication(
                        it.catalog(),
                        it.name(),
                        Optional.ofNullable(it.displayName()).orElse(it.name()),
                        it.clientId(),
                        !noLongerLicensed(it)))
                .toList();
    }

    /** When all that a status shows was last found true, if that can have happened. */
    public static Optional<Instant> lastVerified(TenantOnboardingStatus status, Instant now) {
        return Timestamps.parse(status.lastVerified()).filter(new Past(now)::holds);
    }

    /** @param status what {@code application} is a part of */
    public static Memory of(TenantOnboardingStatus status, ApplicationStatus application) {
        return new Memory(
                Optional.of(application.state()),
                noLongerLicensed(application)
                        // All that it holds is surplus while no licence brings it.
                        ? both(application.surplus(), application.awaited())
                        : application.granted(),
                both(application.missing(), application.awaited()),
                application.lost(),
                noLongerLicensed(application)
                        || complete(application.granted(), application.grantedTotal())
                                && complete(application.missing(), application.missingTotal())
                                && complete(application.awaited(), application.awaitedTotal()),
                Timestamps.parse(status.lastVerified()),
                Timestamps.parse(application.lastGrantedTime()),
                Timestamps.parse(application.vanishedTime()),
                Timestamps.parse(application.firstMissingTime()),
                Timestamps.parse(application.appearedTime()),
                Timestamps.parse(application.consentReturnedTime()));
    }

    /** How many permissions the memory of an application holds; null for none. */
    static Integer grantedTotal(ApplicationStatus application) {
        return noLongerLicensed(application) ? application.surplusTotal() : application.grantedTotal();
    }

    static boolean noLongerLicensed(ApplicationStatus application) {
        return application.state() == ApplicationState.NoLongerLicensed;
    }

    private static List<Permission> both(List<Permission> one, List<Permission> other) {
        return Stream.concat(one.stream(), other.stream()).sorted().toList();
    }

    private static boolean complete(List<?> shown, Integer total) {
        return total == null || total <= shown.size();
    }
}
