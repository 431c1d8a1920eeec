package dev.tenantops.onboarding.sandbox.microsoft.graph;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.directory.AppRoleAssignment;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.directory.DelegatedGrant;
import dev.tenantops.onboarding.sandbox.microsoft.directory.PermissionDefinition;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ResourceApi;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ResourceApis;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ServicePrincipal;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ServicePrincipal.Status;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Tenant;
import dev.tenantops.onboarding.sandbox.microsoft.id.ObjectIds;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The entities that Graph shows of a tenant's consents, with the members of v1.0. */
final class EntityTypes {

    /**
     * @param api what the service principal stands for when it is a resource; else null
     * @param withdrawn how the registration was withdrawn from all tenants
     */
    record PrincipalView(
            ServicePrincipal principal, ResourceApi api, ApplicationRegistration registration, Status withdrawn) {

        boolean is(Status wanted) {
            return principal.status() == wanted || withdrawn == wanted;
        }
    }

    /** @param deleted when it was moved to the recycle bin, or null */
    record RegistrationView(ApplicationRegistration registration, Instant deleted, ResourceApis apis) {}

    record AssignmentView(AppRoleAssignment assignment, ServicePrincipal principal, ServicePrincipal resource) {}

    record GrantView(DelegatedGrant grant, ServicePrincipal client, boolean leadingSpace) {}

    static final EntityType<Tenant> ORGANIZATION = EntityType.named("organization", "organization", Tenant::id)
            .text("displayName", Tenant::displayName)
            .build();

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
            .flag("isDisabled", view -> view.is(Status.DEACTIVATED) ? true : null)
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

    static final EntityType<RegistrationView> APPLICATION = EntityType.named(
                    "application",
                    "applications",
                    (RegistrationView view) ->
                            ObjectIds.guid("registration", view.registration().clientId()))
            .text(
                    "deletedDateTime",
                    view -> view.deleted() == null ? null : view.deleted().toString())
            .filterable("appId", view -> view.registration().clientId())
            .text("displayName", view -> view.registration().displayName())
            .text("signInAudience", view -> view.registration().multiTenant() ? "AzureADMultipleOrgs" : "AzureADMyOrg")
            .member("web", (json, view) -> platform(json, view.registration().redirectUris()))
            .member("spa", (json, view) -> platform(json, List.of()))
            .member("publicClient", (json, view) -> platform(json, List.of()))
            .member("requiredResourceAccess", EntityTypes::requiredResourceAccess)
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

    private static void platform(JsonGenerator json, List<String> redirectUris) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("redirectUris");
        for (String uri : redirectUris) {
            json.writeString(uri);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void requiredResourceAccess(JsonGenerator json, RegistrationView view) throws IOException {
        Map<String, List<RequestedPermission>> byResource = new TreeMap<>();
        view.registration()
                .permissions()
                .forEach(it -> byResource
                        .computeIfAbsent(it.resourceAppId(), resource -> new ArrayList<>())
                        .add(it));
        json.writeStartArray();
        for (Map.Entry<String, List<RequestedPermission>> entry : byResource.entrySet()) {
            json.writeStartObject();
            json.writeStringField("resourceAppId", entry.getKey());
            json.writeArrayFieldStart("resourceAccess");
            for (RequestedPermission permission : entry.getValue()) {
                Optional<PermissionDefinition> definition = view.apis()
                        .find(permission.resourceAppId())
                        .flatMap(api -> api.find(permission.type(), permission.value()));
                if (definition.isEmpty()) {
                    continue;
                }
                json.writeStartObject();
                json.writeStringField("id", definition.get().id());
                json.writeStringField("type", permission.type() == PermissionType.Application ? "Role" : "Scope");
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

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
        return view.is(Status.DISABLED_BY_MICROSOFT) ? "DisabledDueToViolationOfServicesAgreement" : null;
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
