package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.ApplicationStatus.Times;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.SeenApplication;
import dev.tenantops.onboarding.operator.verdict.CatalogMemory;
import dev.tenantops.onboarding.operator.verdict.Memory;
import dev.tenantops.onboarding.operator.verdict.MemoryTimes;
import java.time.Instant;
import java.util.HashMap;
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

    /** Whether a status tells that a catalog's application needs a permission that its API does not define. */
    public static boolean unknownPermission(TenantOnboardingStatus status, String catalog) {
        return status.applications().stream()
                .anyMatch(it -> it.catalog().equals(catalog) && it.state() == ApplicationState.UnknownPermission);
    }

    /** Since when a status tells that Entra ID refuses the credential of a catalog's verifier. */
    public static Optional<Instant> refused(TenantOnboardingStatus status, String catalog) {
        return status.verifiers().stream()
                .filter(it -> it.catalog().equals(catalog))
                .flatMap(it -> Timestamps.parse(it.refusedTime()).stream())
                .findFirst();
    }

    /** The object id under which a status shows an application, by whatever catalog. */
    public static Optional<String> servicePrincipalId(TenantOnboardingStatus status, String clientId) {
        return status.applications().stream()
                .filter(it -> clientId.equals(it.clientId()))
                .flatMap(it -> Optional.ofNullable(it.servicePrincipalId()).stream())
                .findFirst();
    }

    /** What a status remembers of one catalog's applications: of each for as long as it has the same client id. */
    public static CatalogMemory of(TenantOnboardingStatus status, DesiredCatalog catalog) {
        var licensed = new HashMap<String, Memory>();
        catalog.applications()
                .forEach(it -> licensed.put(it.name(), of(status, it.catalog(), it.name(), it.clientId())));
        var former = new HashMap<String, Memory>();
        catalog.former()
                .forEach(it -> former.put(it.name(), of(status, it.catalog(), it.name(), Optional.of(it.clientId()))));
        return new CatalogMemory(licensed, former);
    }

    private static Memory of(
            TenantOnboardingStatus status, String catalog, String application, Optional<String> clientId) {
        return status.application(catalog, application)
                .filter(it -> Optional.ofNullable(it.clientId()).equals(clientId))
                .map(it -> of(status, it))
                .orElse(Memory.NONE);
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
                noLongerLicensed(application) || complete(application.permissions()),
                MemoryTimes.of(time -> Timestamps.parse(
                        switch (time) {
                            case LastVerified -> status.lastVerified();
                            case LastGranted -> application.lastGrantedTime();
                            case Vanished -> application.vanishedTime();
                            case FirstMissing -> application.firstMissingTime();
                            case Appeared -> application.appearedTime();
                            case ConsentReturned -> application.consentReturnedTime();
                        })));
    }

    /** What the memory of an application holds, with as many as its entry says. */
    static Listed granted(Memory memory, ApplicationStatus application) {
        return new Listed(
                memory.granted(),
                noLongerLicensed(application) ? application.surplusTotal() : application.grantedTotal());
    }

    /** The times that an entry keeps for the next verdict. */
    static Times times(Memory memory) {
        return new Times(
                Timestamps.format(memory.lastGranted()),
                Timestamps.format(memory.vanished()),
                Timestamps.format(memory.firstMissing()),
                Timestamps.format(memory.appeared()),
                Timestamps.format(memory.consentReturned()));
    }

    static boolean noLongerLicensed(ApplicationStatus application) {
        return application.state() == ApplicationState.NoLongerLicensed;
    }

    private static List<Permission> both(List<Permission> one, List<Permission> other) {
        return Stream.concat(one.stream(), other.stream()).sorted().toList();
    }

    private static boolean complete(Permissions permissions) {
        return Stream.of(permissions.granted(), permissions.missing(), permissions.awaited())
                .allMatch(it -> it.unlisted() <= 0);
    }
}
