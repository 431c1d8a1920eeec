package dev.tenantops.onboarding.sandbox.microsoft.directory;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.id.Guid;
import java.util.Objects;

/**
 * A permission that an API defines: an app role or a scope.
 *
 * @param id a GUID that is the same in every tenant
 * @param adminOnly for a scope: whether users may not consent to it themselves
 * @param enabled whether the API still offers it; a retired one stays listed
 */
public record PermissionDefinition(
        String id, PermissionType type, String value, String displayName, boolean adminOnly, boolean enabled) {

    public PermissionDefinition {
        id = Guid.require("id", id);
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(value, "value");
        displayName = displayName == null ? value : displayName;
    }

    PermissionDefinition retired() {
        return new PermissionDefinition(id, type, value, displayName, adminOnly, false);
    }
}
