package dev.tenantops.onboarding.sandbox.microsoft.directory;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a consent changes in a tenant. Pure functions over states. */
final class Consents {

    private final ResourceApis apis;

    Consents(ResourceApis apis) {
        this.apis = apis;
    }

    /**
     * Admin consent to everything that the application registered. It replaces what was granted tenant-wide before:
     * "granting tenant-wide admin consent may revoke permissions that have already been granted tenant-wide".
     * Permissions that no API defines, or whose API the tenant lacks, are left out.
     */
    TenantState grantRegistered(TenantState state, ApplicationRegistration application, Instant now) {
        TenantState present = ensure(state, application, now);
        ServicePrincipal client = present.require(application.clientId()).withDisplayName(application.displayName());
        List<AppRoleAssignment> roles = new ArrayList<>();
        Map<String, Set<String>> scopes = new LinkedHashMap<>();
        for (RequestedPermission wanted : application.permissions()) {
            Optional<ServicePrincipal> resource = present.find(wanted.resourceAppId());
            Optional<PermissionDefinition> definition = definition(wanted);
            if (resource.isEmpty() || definition.isEmpty()) {
                continue;
            }
            if (wanted.type() == PermissionType.Application) {
                roles.add(AppRoleAssignment.of(
                        client.id(), resource.get().id(), definition.get().id(), now));
            } else {
                scopes.computeIfAbsent(resource.get().id(), id -> new LinkedHashSet<>())
                        .add(definition.get().value());
            }
        }
        ServicePrincipal granted = client.withRoles(roles).withoutGrants(DelegatedGrant::tenantWide);
        for (Map.Entry<String, Set<String>> entry : scopes.entrySet()) {
            granted = granted.plusGrant(DelegatedGrant.of(client.id(), entry.getKey(), null, entry.getValue()));
        }
        return present.with(granted);
    }

    /** Adds scopes of one resource, for one user or, with null, for the tenant. */
    TenantState grantScopes(
            TenantState state,
            ApplicationRegistration application,
            String resourceAppId,
            String userId,
            Collection<String> scopes,
            Instant now) {
        TenantState present = ensure(state, application, now);
        ServicePrincipal client = present.require(application.clientId());
        ServicePrincipal resource = requireResource(present, resourceAppId);
        List<String> values = scopes.stream()
                .map(scope -> apis.require(resourceAppId, PermissionType.Delegated, scope)
                        .value())
                .toList();
        return present.with(client.plusGrant(DelegatedGrant.of(client.id(), resource.id(), userId, values)));
    }

    TenantState grantRole(
            TenantState state, ApplicationRegistration application, String resourceAppId, String roleId, Instant now) {
        TenantState present = ensure(state, application, now);
        ServicePrincipal client = present.require(application.clientId());
        ServicePrincipal resource = requireResource(present, resourceAppId);
        return present.with(client.plusRole(AppRoleAssignment.of(client.id(), resource.id(), roleId, now)));
    }

    /** Takes one permission away. A delegated one is taken from the grant for the tenant, not from those of users. */
    TenantState revoke(TenantState state, String clientId, String resourceAppId, PermissionDefinition permission) {
        ServicePrincipal client = state.require(clientId);
        String resourceId = requireResource(state, resourceAppId).id();
        if (permission.type() == PermissionType.Application) {
            return state.with(client.withoutRoles(role ->
                    role.resourceId().equals(resourceId) && role.appRoleId().equals(permission.id())));
        }
        List<DelegatedGrant> grants = client.grants().stream()
                .map(grant -> grant.tenantWide() && grant.resourceId().equals(resourceId)
                        ? grant.minus(permission.value())
                        : grant)
                .toList();
        return state.with(client.withGrants(grants));
    }

    private static TenantState ensure(TenantState state, ApplicationRegistration application, Instant now) {
        return state.ensure(application.clientId(), application.displayName(), application.publisherTenantId(), now);
    }

    private Optional<PermissionDefinition> definition(RequestedPermission wanted) {
        return apis.find(wanted.resourceAppId()).flatMap(api -> api.find(wanted.type(), wanted.value()));
    }

    private static ServicePrincipal requireResource(TenantState state, String resourceAppId) {
        return state.find(resourceAppId)
                .orElseThrow(() -> new IllegalArgumentException("Tenant " + state.tenantId() + " lacks the API "
                        + resourceAppId + "; provision it with provisionResource"));
    }
}
