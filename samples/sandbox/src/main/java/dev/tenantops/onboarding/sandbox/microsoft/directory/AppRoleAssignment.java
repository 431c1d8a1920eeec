package dev.tenantops.onboarding.sandbox.microsoft.directory;

import dev.tenantops.onboarding.sandbox.microsoft.id.ObjectIds;
import java.time.Instant;

/** An application permission that a service principal holds. */
public record AppRoleAssignment(String id, String resourceId, String appRoleId, Instant created) {

    /** Assigned to the resource without any of its roles: Entra ID's default assignment. */
    public static final String NO_ROLE = "00000000-0000-0000-0000-000000000000";

    static AppRoleAssignment of(String principalId, String resourceId, String appRoleId, Instant created) {
        return new AppRoleAssignment(
                ObjectIds.appRoleAssignment(principalId, resourceId, appRoleId), resourceId, appRoleId, created);
    }
}
