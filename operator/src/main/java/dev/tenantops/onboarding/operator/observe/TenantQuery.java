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
 */
public record TenantQuery(
        CloudEndpoints cloud,
        String tenantId,
        Verifier verifier,
        List<ApplicationQuery> applications,
        Set<String> resources,
        boolean freshDefinitions) {

    public TenantQuery {
        applications = List.copyOf(applications);
        resources = Set.copyOf(resources);
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
