package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.WellKnownResource;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A permission that an application needs.
 *
 * @param permission as people name it
 * @param resourceAppId the appId, in lower case, of the API that defines it
 * @param required false when readiness does not wait for it
 * @param satisfiedBy values of the same resource and type, each of which does as well
 */
public record DesiredPermission(
        Permission permission, String resourceAppId, boolean required, List<String> satisfiedBy) {

    /**
     * Sign-in adds these to each request by itself, so a directory that does not list them says nothing about them.
     * Source: https://learn.microsoft.com/entra/identity-platform/scopes-oidc
     */
    private static final Set<String> OPENID_SCOPES = Set.of("openid", "profile", "email", "offline_access");

    public DesiredPermission {
        satisfiedBy = List.copyOf(satisfiedBy);
    }

    /** Whether the directory can show if it is granted. */
    public boolean verifiable() {
        return permission.type() != PermissionType.Delegated
                || !resourceAppId.equals(WellKnownResource.MicrosoftGraph.appId())
                || !OPENID_SCOPES.contains(permission.value().toLowerCase(Locale.ROOT));
    }
}
