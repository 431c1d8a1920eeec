package dev.tenantops.onboarding.sandbox.microsoft.directory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * An application in one tenant, with the permissions that it holds there.
 *
 * @param status whether and by whom it is kept from getting tokens
 * @param deleted when it was soft-deleted, or null
 */
public record ServicePrincipal(
        String id,
        String appId,
        String displayName,
        String ownerTenantId,
        Status status,
        boolean assignmentRequired,
        Instant created,
        Instant deleted,
        List<AppRoleAssignment> roles,
        List<DelegatedGrant> grants) {

    public enum Status {
        ENABLED,
        /** {@code accountEnabled=false}: an administrator of the tenant. */
        DISABLED,
        /** {@code isDisabled=true}: the publisher deactivated the registration. */
        DEACTIVATED,
        /** {@code disabledByMicrosoftStatus}: a violation of the services agreement. */
        DISABLED_BY_MICROSOFT
    }

    static ServicePrincipal create(String id, String appId, String displayName, String ownerTenantId, Instant now) {
        return new ServicePrincipal(
                id, appId, displayName, ownerTenantId, Status.ENABLED, false, now, null, List.of(), List.of());
    }

    public boolean enabled() {
        return status == Status.ENABLED;
    }

    boolean holdsRole(String resourceId, String roleId) {
        return roles.stream()
                .anyMatch(role ->
                        role.resourceId().equals(resourceId) && role.appRoleId().equals(roleId));
    }

    ServicePrincipal withStatus(Status newStatus) {
        return new ServicePrincipal(
                id, appId, displayName, ownerTenantId, newStatus, assignmentRequired, created, deleted, roles, grants);
    }

    ServicePrincipal withAssignmentRequired(boolean required) {
        return new ServicePrincipal(
                id, appId, displayName, ownerTenantId, status, required, created, deleted, roles, grants);
    }

    ServicePrincipal withDisplayName(String name) {
        return new ServicePrincipal(
                id, appId, name, ownerTenantId, status, assignmentRequired, created, deleted, roles, grants);
    }

    ServicePrincipal withDeleted(Instant when) {
        return new ServicePrincipal(
                id, appId, displayName, ownerTenantId, status, assignmentRequired, created, when, roles, grants);
    }

    /** Keeps what is held already, with its creation time, where the new list has it too. */
    ServicePrincipal withRoles(Collection<AppRoleAssignment> wanted) {
        List<AppRoleAssignment> result = wanted.stream()
                .map(role -> roles.stream()
                        .filter(held -> held.id().equals(role.id()))
                        .findFirst()
                        .orElse(role))
                .distinct()
                .sorted(Comparator.comparing(AppRoleAssignment::id))
                .toList();
        return new ServicePrincipal(
                id, appId, displayName, ownerTenantId, status, assignmentRequired, created, deleted, result, grants);
    }

    ServicePrincipal withGrants(Collection<DelegatedGrant> wanted) {
        List<DelegatedGrant> result = wanted.stream()
                .filter(grant -> !grant.scopes().isEmpty())
                .sorted(Comparator.comparing(DelegatedGrant::id))
                .toList();
        return new ServicePrincipal(
                id, appId, displayName, ownerTenantId, status, assignmentRequired, created, deleted, roles, result);
    }

    ServicePrincipal plusRole(AppRoleAssignment role) {
        List<AppRoleAssignment> all = new ArrayList<>(roles);
        all.add(role);
        return withRoles(all);
    }

    /** Adds the scopes to the grant of the same resource and user, of which there is only ever one. */
    ServicePrincipal plusGrant(DelegatedGrant grant) {
        List<DelegatedGrant> all = new ArrayList<>(grants);
        DelegatedGrant merged = grants.stream()
                .filter(grant::sameKey)
                .findFirst()
                .map(held -> held.plus(grant.scopes()))
                .orElse(grant);
        all.removeIf(grant::sameKey);
        all.add(merged);
        return withGrants(all);
    }

    ServicePrincipal withoutRoles(Predicate<AppRoleAssignment> which) {
        return withRoles(roles.stream().filter(which.negate()).toList());
    }

    ServicePrincipal withoutGrants(Predicate<DelegatedGrant> which) {
        return withGrants(grants.stream().filter(which.negate()).toList());
    }
}
