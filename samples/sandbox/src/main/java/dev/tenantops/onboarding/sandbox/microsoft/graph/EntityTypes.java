package dev.tenantops.onboarding.sandbox.microsoft.graph;

import dev.tenantops.onboarding.sandbox.microsoft.directory.AppRoleAssignment;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.DelegatedGrant;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ResourceApi;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ServicePrincipal.Status;
import java.util.ArrayList;
import java.util.List;

/** The entities that Graph shows of a tenant's consents, with the members of v1.0. */
final class EntityTypes {

    /** @param api what the service principal stands for when it is a resource; else null */
    record PrincipalView(ServicePrincipal principal, ResourceApi api, ApplicationRegistration registration) {}

    record AssignmentView(AppRoleAssignment assignment, ServicePrincipal principal, ServicePrincipal resource) {}

    record GrantView(DelegatedGrant grant, ServicePrincipal client, boolean leadingSpace) {}

    static final EntityType<PrincipalView> SERVICE_PRINCIPAL = EntityType.named(
                    "servicePrincipal", "servicePrincipals", EntityTypes::objectId)
            .text("deletedDateTime", EntityTypes::deleted)
            .flag("accountEnabled", view -> view.principal().status() != Status.DISABLED)
            .strings("alternativeNames", view -> List.of())
            .text("appDescription", view -> null)
            .text("appDisplayName", view -> view.principal().displayName())
            .filterable("appId", view -> view.principal().appId())
            .text("appOwnerOrganizationId", view -> view.principal().ownerTenantId())
            .flag("appRoleAssignmentRequired", view -> view.principal().assignmentRequired())
            .text("applicationTemplateId", view -> null)
            .text("createdDateTime", view -> view.principal().created().toString())
            .text("description", view -> null)
            .text("disabledByMicrosoftStatus", EntityTypes::disabledByMicrosoft)
            .filterable("displayName", view -> view.principal().displayName())
            .text("homepage", view -> null)
            .flag("isDisabled", view -> view.principal().status() == Status.DEACTIVATED ? true : null)
            .text("loginUrl", view -> null)
            .text("logoutUrl", view -> null)
            .text("notes", view -> null)
            .strings("notificationEmailAddresses", view -> List.of())
            .text("preferredSingleSignOnMode", view -> null)
            .strings("replyUrls", EntityTypes::replyUrls)
            .strings("servicePrincipalNames", EntityTypes::names)
            .text("servicePrincipalType", view -> "Application")
            .text("signInAudience", EntityTypes::audience)
            .strings(
                    "tags",
                    view -> view.api() == null ? List.of("WindowsAzureActiveDirectoryIntegratedApp") : List.of())
            .text("tokenEncryptionKeyId", view -> null)
            .member(
                    "appRoles",
                    (json, view) -> json.writeRawValue(
                            view.api() == null ? "[]" : view.api().appRolesJson()))
            .member(
                    "oauth2PermissionScopes",
                    (json, view) -> json.writeRawValue(
                            view.api() == null ? "[]" : view.api().scopesJson()))
            .strings("keyCredentials", view -> List.of())
            .strings("passwordCredentials", view -> List.of())
            .build();

    static final EntityType<AssignmentView> APP_ROLE_ASSIGNMENT = EntityType.named(
                    "appRoleAssignment", "appRoleAssignments", EntityTypes::assignmentId)
            .text("deletedDateTime", view -> null)
            .text("appRoleId", view -> view.assignment().appRoleId())
            .text("createdDateTime", view -> view.assignment().created().toString())
            .text("principalDisplayName", view -> view.principal().displayName())
            .text("principalId", view -> view.principal().id())
            .text("principalType", view -> "ServicePrincipal")
            .text("resourceDisplayName", view -> view.resource().displayName())
            .filterable("resourceId", view -> view.resource().id())
            .build();

    static final EntityType<GrantView> DELEGATED_GRANT = EntityType.named(
                    "oAuth2PermissionGrant", "oauth2PermissionGrants", EntityTypes::grantId)
            .filterable("clientId", view -> view.client().id())
            .filterable("consentType", view -> view.grant().tenantWide() ? "AllPrincipals" : "Principal")
            .filterable("principalId", view -> view.grant().userId())
            .filterable("resourceId", view -> view.grant().resourceId())
            .text(
                    "scope",
                    view -> (view.leadingSpace() ? " " : "")
                            + String.join(" ", view.grant().scopes()))
            .build();

    private EntityTypes() {}

    private static String objectId(PrincipalView view) {
        return view.principal().id();
    }

    private static String assignmentId(AssignmentView view) {
        return view.assignment().id();
    }

    private static String grantId(GrantView view) {
        return view.grant().id();
    }

    private static String deleted(PrincipalView view) {
        return view.principal().deleted() == null
                ? null
                : view.principal().deleted().toString();
    }

    private static String disabledByMicrosoft(PrincipalView view) {
        return view.principal().status() == Status.DISABLED_BY_MICROSOFT
                ? "DisabledDueToViolationOfServicesAgreement"
                : null;
    }

    private static List<String> replyUrls(PrincipalView view) {
        return view.registration() == null ? List.of() : view.registration().redirectUris();
    }

    private static List<String> names(PrincipalView view) {
        List<String> names = new ArrayList<>();
        names.add(view.principal().appId());
        if (view.api() != null) {
            names.addAll(view.api().identifierUris());
        }
        return names;
    }

    private static String audience(PrincipalView view) {
        return view.registration() != null && !view.registration().multiTenant()
                ? "AzureADMyOrg"
                : "AzureADMultipleOrgs";
    }
}
