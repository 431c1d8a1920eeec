package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to read of a tenant.
 *
 * @param cloud the cloud that the tenant lives in
 * @param tenantId the tenant's GUID, in lower case
 * @param verifier who reads
 * @param applications the applications whose grants are wanted, each client id once
 * @param resources the appIds (lower case) of the APIs whose permissions are wanted, whether or not anything is granted
 * @param freshDefinitions true to read anew what permissions the APIs define, which are otherwise remembered for some
 *     hours, unless that was done some seconds ago: for whoever is about to call a permission unknown
 * @param organizationName whether it is wanted what the customer calls its organization
 */
public record TenantQuery(
        CloudEndpoints cloud,
        String tenantId,
        Verifier verifier,
        List<ApplicationQuery> applications,
        Set<String> resources,
        boolean freshDefinitions,
        OrganizationName organizationName) {

    public TenantQuery {
        applications = List.copyOf(applications);
        resources = Set.copyOf(resources);
    }

    /** A query to which the organization's name does not matter. */
    public TenantQuery(
            CloudEndpoints cloud,
            String tenantId,
            Verifier verifier,
            List<ApplicationQuery> applications,
            Set<String> resources,
            boolean freshDefinitions) {
        this(cloud, tenantId, verifier, applications, resources, freshDefinitions, OrganizationName.NotWanted);
    }

    /** The same, with or without the organization's name. */
    public TenantQuery with(OrganizationName name) {
        return new TenantQuery(cloud, tenantId, verifier, applications, resources, freshDefinitions, name);
    }

    /** What is wanted of the organization's name, which is read once a day at most. */
    public enum OrganizationName {
        NotWanted,

        /** It is known from an earlier day, so that it may be read at any time of this one. */
        Known,

        /** It is read as soon as it can be. */
        Unknown
    }

    /**
     * An application whose grants are wanted.
     *
     * @param clientId its appId, in lower case
     * @param lastServicePrincipalId the object id under which it was last seen in this tenant: a hint that saves a
     *     request, and tells that it is worth looking into the recycle bin; never an identity
     */
    public record ApplicationQuery(String clientId, Optional<String> lastServicePrincipalId) {}
}
