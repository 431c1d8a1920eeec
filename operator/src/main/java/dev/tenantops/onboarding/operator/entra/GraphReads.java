package dev.tenantops.onboarding.operator.entra;

import java.util.Collection;
import java.util.stream.Collectors;

/** The reads that a check is made of. Every id in them is a GUID, so nothing needs escaping. */
final class GraphReads {

    /** What Microsoft Graph takes in one {@code in} filter. */
    static final int MOST_APP_IDS = 15;

    private static final String SELECTED = "id,appId,displayName,accountEnabled,disabledByMicrosoftStatus";

    private GraphReads() {}

    /** @param withIsDisabled whether to ask for the property {@code isDisabled}, which not every cloud has */
    static BatchItem servicePrincipals(Collection<String> appIds, boolean withIsDisabled) {
        return new BatchItem(
                GraphPart.ServicePrincipals,
                "/servicePrincipals?$filter=appId%20in%20"
                        + appIds.stream().collect(Collectors.joining("','", "('", "')"))
                        + "&$select=" + SELECTED + (withIsDisabled ? ",isDisabled" : ""));
    }

    static BatchItem appRoleAssignments(String servicePrincipalId) {
        return new BatchItem(
                GraphPart.AppRoleAssignments,
                "/servicePrincipals/" + servicePrincipalId
                        + "/appRoleAssignments?$top=999&$select=principalId,principalType,resourceId,appRoleId");
    }

    /**
     * Filtered by clientId, which keeps the replication delay small. Source:
     * https://learn.microsoft.com/graph/api/oauth2permissiongrant-list
     */
    static BatchItem delegatedGrants(String servicePrincipalId) {
        return new BatchItem(
                GraphPart.DelegatedGrants,
                "/oauth2PermissionGrants?$top=999&$select=clientId,consentType,resourceId,scope&$filter=clientId%20eq%20'"
                        + servicePrincipalId + "'");
    }

    /**
     * Those of them alone that are for the whole organization, of which there is one for each API. Source of the filter:
     * https://learn.microsoft.com/entra/identity/enterprise-apps/grant-admin-consent
     */
    static BatchItem tenantWideGrants(String servicePrincipalId) {
        return new BatchItem(
                GraphPart.DelegatedGrants,
                delegatedGrants(servicePrincipalId).url() + "%20and%20consentType%20eq%20'AllPrincipals'");
    }

    /** Shows whether such grants can be read where there is no application to read them of. */
    static BatchItem anyDelegatedGrant() {
        return new BatchItem(GraphPart.DelegatedGrants, "/oauth2PermissionGrants?$top=1&$select=id");
    }

    /**
     * The service principals that the recycle bin has of an application. By its client id, as documented: one that came
     * and went between two checks was never seen under its object id. Source:
     * https://learn.microsoft.com/entra/identity/enterprise-apps/restore-application
     */
    static BatchItem deletedServicePrincipals(String clientId) {
        return new BatchItem(
                GraphPart.RecycleBin,
                "/directory/deletedItems/microsoft.graph.servicePrincipal?$filter=appId%20eq%20'" + clientId
                        + "'&$select=id,appId,deletedDateTime");
    }

    /**
     * Of registrations a filter by appId is documented with {@code eq} alone. Sources:
     * https://learn.microsoft.com/graph/api/application-list and
     * https://learn.microsoft.com/graph/api/resources/application
     */
    static BatchItem registrations(Collection<String> appIds) {
        return new BatchItem(
                GraphPart.Registrations,
                "/applications?$filter=appId%20eq%20"
                        + appIds.stream().collect(Collectors.joining("'%20or%20appId%20eq%20'", "'", "'"))
                        + "&$select=id,appId,signInAudience,web,spa,publicClient,requiredResourceAccess");
    }

    /**
     * All registrations in the recycle bin: a filter by appId is documented for none of them. Source:
     * https://learn.microsoft.com/graph/api/directory-deleteditems-list
     */
    static BatchItem deletedRegistrations() {
        return new BatchItem(
                GraphPart.DeletedRegistrations,
                "/directory/deletedItems/microsoft.graph.application?$top=999&$select=id,appId,deletedDateTime");
    }

    /** @param withAppRoles whether to name its app roles too, which are many where the API is Microsoft Graph */
    static BatchItem otherResource(String servicePrincipalId, boolean withAppRoles) {
        return new BatchItem(
                GraphPart.OtherResource,
                "/servicePrincipals/" + servicePrincipalId + "?$select=appId" + (withAppRoles ? ",appRoles" : ""));
    }

    /** Source: https://learn.microsoft.com/graph/api/organization-list */
    static BatchItem organization() {
        return new BatchItem(GraphPart.Organization, "/organization?$select=id,displayName");
    }

    static BatchItem definitions(String resourceAppId) {
        return new BatchItem(
                GraphPart.Definitions,
                "/servicePrincipals(appId='" + resourceAppId + "')?$select=id,appId,appRoles,oauth2PermissionScopes");
    }
}
