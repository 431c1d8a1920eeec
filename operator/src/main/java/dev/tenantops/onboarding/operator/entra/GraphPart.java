package dev.tenantops.onboarding.operator.entra;

/** What is read of a tenant. Source of the permissions: Microsoft Graph permissions reference, least privileged. */
enum GraphPart {
    ServicePrincipals("service principals", "Application.Read.All or Directory.Read.All"),
    AppRoleAssignments("app role assignments", "Application.Read.All or Directory.Read.All"),
    DelegatedGrants("delegated permission grants", "Directory.Read.All"),
    RecycleBin("the recycle bin", "Application.Read.All or Directory.Read.All"),
    Definitions("the permissions that an API defines", "Application.Read.All or Directory.Read.All"),
    Registrations("registrations", "Application.Read.All"),
    DeletedRegistrations("deleted registrations", "Application.Read.All"),
    OtherResource("an API that something is granted on", "Application.Read.All or Directory.Read.All"),
    Organization("the organization's name", "Organization.Read.All or Directory.Read.All");

    private final String title;
    private final String permission;

    GraphPart(String title, String permission) {
        this.title = title;
        this.permission = permission;
    }

    String title() {
        return title;
    }

    /** Whether it hangs on one service principal, so that it is not found where that is not found. */
    boolean ofOneServicePrincipal() {
        return this == AppRoleAssignments || this == DelegatedGrants || this == Definitions;
    }

    /** Whether a refusal says something of the whole reading, which has no use for the organization's name. */
    boolean matters() {
        return this != Organization;
    }

    /** The application permission that reading it takes. */
    String permission() {
        return permission;
    }
}
