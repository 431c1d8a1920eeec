package dev.tenantops.onboarding.operator.desired;

/**
 * An application that the licences no longer bring, and that was last seen in the tenant.
 *
 * @param catalog the catalog that lists it, or did
 * @param name its name there
 * @param displayName for people
 * @param clientId its appId in lower case
 */
public record FormerApplication(String catalog, String name, String displayName, String clientId) {}
