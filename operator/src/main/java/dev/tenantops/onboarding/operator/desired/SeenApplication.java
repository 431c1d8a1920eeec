package dev.tenantops.onboarding.operator.desired;

/**
 * An application that an earlier check saw in the tenant.
 *
 * @param catalog the catalog that listed it
 * @param name its name there
 * @param displayName for people
 * @param clientId its appId in lower case
 * @param licensed whether the licences brought it then
 */
public record SeenApplication(String catalog, String name, String displayName, String clientId, boolean licensed) {}
