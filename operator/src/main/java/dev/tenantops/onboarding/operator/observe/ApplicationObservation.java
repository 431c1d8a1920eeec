package dev.tenantops.onboarding.operator.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One application in a tenant.
 *
 * @param servicePrincipal empty when the tenant was read and has none
 * @param appRoleAssignments all pages of them; {@link Reading.Failed} with {@link Failure.Reason#ReplicaBehind} where
 *     the service principal is there and its grants were not to be found
 * @param delegatedGrants all that are for the whole organization, and those of single users, of which there may be more
 *     where they are very many; {@link Reading.Failed} with {@link
 *     Failure.Reason#VerifierPermissionsMissing} where the verifier may read service principals only, and as above
 * @param deleted what the tenant's recycle bin still has of it; empty when it is live, or was never seen, or the bin
 *     could not be read. It keeps them for 30 days. Source:
 *     https://learn.microsoft.com/graph/api/directory-deleteditems-list
 */
public record ApplicationObservation(
        Optional<ServicePrincipal> servicePrincipal,
        Reading<List<AppRoleAssignment>> appRoleAssignments,
        Reading<List<DelegatedPermissionGrant>> delegatedGrants,
        Optional<DeletedServicePrincipal> deleted) {

    /** The tenant has no such application, and nothing is known of an earlier one. */
    public static ApplicationObservation absent() {
        return absent(Optional.empty());
    }

    /** The tenant has no such application any more, or none at all. */
    public static ApplicationObservation absent(Optional<DeletedServicePrincipal> deleted) {
        return new ApplicationObservation(Optional.empty(), Reading.of(List.of()), Reading.of(List.of()), deleted);
    }

    /**
     * A service principal.
     *
     * @param id its object id in this tenant
     * @param appId the application's client id, in lower case
     * @param displayName as the tenant shows it
     * @param enabled false when an administrator of the tenant switched it off ({@code accountEnabled})
     * @param registration what has become of the registration that it stems from, in all tenants alike
     */
    public record ServicePrincipal(
            String id, String appId, String displayName, boolean enabled, Registration registration) {

        /** Whether tokens are issued for it. */
        public boolean usable() {
            return enabled && !registration.withdrawn();
        }
    }

    /**
     * What a service principal shows of the registration that it stems from, which belongs to the publisher. Source:
     * https://learn.microsoft.com/entra/identity/enterprise-apps/deactivate-application-portal
     */
    public enum Registration {
        /** Nothing is known against it. */
        Active,
        /** The publisher deactivated it, for all tenants: {@code isDisabled}. */
        Deactivated,
        /** Microsoft disabled it, for all tenants: {@code disabledByMicrosoftStatus}. */
        DisabledByMicrosoft,
        /** Microsoft Graph in this cloud does not show whether the publisher deactivated it. */
        NotShown;

        /** Whether no tenant gets tokens for it any more. */
        public boolean withdrawn() {
            return this == Deactivated || this == DisabledByMicrosoft;
        }
    }

    /**
     * A service principal that an administrator deleted. Of several of one application it is the last.
     *
     * @param id the object id under which it can be restored
     * @param at when it was deleted
     */
    public record DeletedServicePrincipal(String id, Instant at) {}

    /**
     * An app role given to a service principal. Source:
     * https://learn.microsoft.com/graph/api/resources/approleassignment
     *
     * @param principalId who has it
     * @param principalType {@code ServicePrincipal}, {@code User} or {@code Group}
     * @param resourceId the object id of the resource API's service principal
     * @param appRoleId the role; all zeros is the default assignment, which carries no permission
     */
    public record AppRoleAssignment(String principalId, String principalType, String resourceId, String appRoleId) {

        private static final String DEFAULT = "00000000-0000-0000-0000-000000000000";

        public boolean carriesPermission() {
            return !appRoleId.equals(DEFAULT);
        }
    }

    /**
     * A delegated permission grant. Source:
     * https://learn.microsoft.com/graph/api/resources/oauth2permissiongrant
     *
     * @param clientId the object id of the application's service principal
     * @param resourceId the object id of the resource API's service principal
     * @param tenantWide true for {@code consentType=AllPrincipals}; false for one user's own consent
     * @param scopes the scope values as written, without empties
     */
    public record DelegatedPermissionGrant(
            String clientId, String resourceId, boolean tenantWide, Set<String> scopes) {}
}
