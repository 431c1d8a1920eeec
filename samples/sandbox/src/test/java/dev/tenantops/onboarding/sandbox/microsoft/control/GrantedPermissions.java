package dev.tenantops.onboarding.sandbox.microsoft.control;

import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import java.util.List;
import java.util.Map;

/** What an application holds in a tenant, as people read it. */
public final class GrantedPermissions {

    private GrantedPermissions() {}

    @SuppressWarnings("unchecked")
    public static List<String> of(SimulatedDirectory directory, String tenantId, String clientId) {
        List<Map<String, Object>> applications = (List<Map<String, Object>>)
                new DirectoryView(directory).tenant(tenantId).get("applications");
        return applications.stream()
                .filter(application -> application.get("clientId").equals(clientId))
                .map(application -> (List<String>) application.get("granted"))
                .findFirst()
                .orElseThrow();
    }
}
