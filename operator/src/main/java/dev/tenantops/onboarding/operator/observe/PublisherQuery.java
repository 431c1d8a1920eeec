package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import java.util.List;
import java.util.Set;

/**
 * What to read of a publisher's own tenant.
 *
 * @param cloud the cloud that it lives in
 * @param tenantId its GUID, in lower case
 * @param verifier who reads; it is registered there
 * @param clientIds the appIds (lower case) of the registrations, each once
 * @param resources the appIds (lower case) of the APIs whose permissions are to be told by name
 */
public record PublisherQuery(
        CloudEndpoints cloud, String tenantId, Verifier verifier, List<String> clientIds, Set<String> resources) {

    public PublisherQuery {
        clientIds = List.copyOf(clientIds);
        resources = Set.copyOf(resources);
    }
}
