package dev.tenantops.onboarding.sandbox.microsoft.directory;

import dev.tenantops.onboarding.sandbox.microsoft.id.ObjectIds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The directory of one tenant at one moment. Immutable, so that a reader never sees half of a change.
 *
 * @param live service principals by appId
 * @param deleted soft-deleted service principals, the oldest first
 * @param incarnations how often each appId has had a service principal
 */
public record TenantState(
        String tenantId,
        Map<String, ServicePrincipal> live,
        List<ServicePrincipal> deleted,
        Map<String, Integer> incarnations) {

    static TenantState empty(String tenantId) {
        return new TenantState(tenantId, Map.of(), List.of(), Map.of());
    }

    public Optional<ServicePrincipal> find(String appId) {
        return Optional.ofNullable(live.get(appId));
    }

    ServicePrincipal require(String appId) {
        return find(appId)
                .orElseThrow(() -> new IllegalArgumentException("Tenant " + tenantId
                        + " has no service principal of the application " + appId + "; consent to it first"));
    }

    public Optional<ServicePrincipal> findById(String objectId) {
        return live.values().stream().filter(sp -> sp.id().equals(objectId)).findFirst();
    }

    public Optional<ServicePrincipal> findDeletedById(String objectId) {
        return deleted.stream().filter(sp -> sp.id().equals(objectId)).findFirst();
    }

    /** Roles on resources that are still there: an assignment does not outlive its resource. */
    public List<AppRoleAssignment> rolesOf(ServicePrincipal principal) {
        return principal.roles().stream()
                .filter(role -> findById(role.resourceId()).isPresent())
                .toList();
    }

    /** Grants on resources that are still there. */
    public List<DelegatedGrant> grantsOf(ServicePrincipal principal) {
        return principal.grants().stream()
                .filter(grant -> findById(grant.resourceId()).isPresent())
                .toList();
    }

    /** Adds a service principal where the application has none. */
    TenantState ensure(String appId, String displayName, String ownerTenantId, Instant now) {
        if (live.containsKey(appId)) {
            return this;
        }
        int incarnation = incarnations.getOrDefault(appId, 0) + 1;
        Map<String, Integer> counted = new HashMap<>(incarnations);
        counted.put(appId, incarnation);
        ServicePrincipal created = ServicePrincipal.create(
                ObjectIds.servicePrincipal(tenantId, appId, incarnation), appId, displayName, ownerTenantId, now);
        return new TenantState(tenantId, live, deleted, Map.copyOf(counted)).with(created);
    }

    TenantState with(ServicePrincipal principal) {
        Map<String, ServicePrincipal> changed = new LinkedHashMap<>(live);
        changed.put(principal.appId(), principal);
        return new TenantState(tenantId, Collections.unmodifiableMap(changed), deleted, incarnations);
    }

    TenantState softDelete(String appId, Instant now) {
        ServicePrincipal principal = require(appId);
        List<ServicePrincipal> bin = new ArrayList<>(deleted);
        bin.add(principal.withDeleted(now));
        return new TenantState(tenantId, livingWithout(appId), List.copyOf(bin), incarnations);
    }

    /** Removes the application's service principals for good, also those in the recycle bin. */
    TenantState purge(String appId) {
        List<ServicePrincipal> bin =
                deleted.stream().filter(sp -> !sp.appId().equals(appId)).toList();
        return new TenantState(tenantId, livingWithout(appId), bin, incarnations);
    }

    /** Brings back the service principal that was deleted last, with its grants. */
    TenantState restore(String appId, Instant notDeletedBefore) {
        if (live.containsKey(appId)) {
            throw new IllegalArgumentException(
                    "Tenant " + tenantId + " has a live service principal of the application " + appId
                            + " already; delete it for good before an older one can be restored");
        }
        ServicePrincipal last = deleted.reversed().stream()
                .filter(sp -> sp.appId().equals(appId) && !sp.deleted().isBefore(notDeletedBefore))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Tenant " + tenantId
                        + " has no deleted service principal of the application " + appId + " to restore"));
        List<ServicePrincipal> bin =
                deleted.stream().filter(sp -> !sp.id().equals(last.id())).toList();
        return new TenantState(tenantId, live, bin, incarnations).with(last.withDeleted(null));
    }

    private Map<String, ServicePrincipal> livingWithout(String appId) {
        Map<String, ServicePrincipal> rest = new LinkedHashMap<>(live);
        rest.remove(appId);
        return Collections.unmodifiableMap(rest);
    }
}
