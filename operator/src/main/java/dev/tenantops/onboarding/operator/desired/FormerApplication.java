package dev.tenantops.onboarding.operator.desired;

import java.util.Set;

/**
 * An application that the licences no longer bring, and that was last seen in the tenant.
 *
 * @param catalog the catalog that lists it, or did
 * @param name its name there
 * @param displayName for people
 * @param clientId its appId in lower case
 * @param resources the appIds of the APIs whose permissions it may hold
 */
public record FormerApplication(
        String catalog, String name, String displayName, String clientId, Set<String> resources) {

    public FormerApplication {
        resources = Set.copyOf(resources);
    }
}
