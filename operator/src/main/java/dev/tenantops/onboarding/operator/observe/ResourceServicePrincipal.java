package dev.tenantops.onboarding.operator.observe;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The service principal of an API in a tenant.
 *
 * @param id its object id in this tenant
 * @param appId the API's appId, in lower case
 * @param enabled false when it is switched off, so that no tokens are issued for it
 * @param definitions the permissions that it defines; {@link Reading.Failed} with {@link Failure.Reason#ReplicaBehind}
 *     where the API is there and the replica that was asked for them does not have it
 */
public record ResourceServicePrincipal(
        String id, String appId, boolean enabled, Reading<PermissionDefinitions> definitions) {

    /**
     * The permissions that an API defines. Many tenants share one instance.
     *
     * @param appRolesByValue application permissions by lower-case value
     * @param appRolesById application permissions by id
     * @param scopesByValue delegated permissions by lower-case value
     */
    public record PermissionDefinitions(
            Map<String, PermissionDefinition> appRolesByValue,
            Map<String, PermissionDefinition> appRolesById,
            Map<String, PermissionDefinition> scopesByValue) {

        public static PermissionDefinitions of(List<PermissionDefinition> appRoles, List<PermissionDefinition> scopes) {
            return new PermissionDefinitions(
                    appRoles.stream()
                            .filter(it -> !it.value().isEmpty())
                            .collect(Collectors.toUnmodifiableMap(
                                    it -> it.value().toLowerCase(Locale.ROOT), it -> it, (first, second) -> first)),
                    appRoles.stream()
                            .collect(Collectors.toUnmodifiableMap(
                                    PermissionDefinition::id, it -> it, (first, second) -> first)),
                    scopes.stream()
                            .filter(it -> !it.value().isEmpty())
                            .collect(Collectors.toUnmodifiableMap(
                                    it -> it.value().toLowerCase(Locale.ROOT), it -> it, (first, second) -> first)));
        }

        public Optional<PermissionDefinition> appRole(String value) {
            return Optional.ofNullable(appRolesByValue.get(value.toLowerCase(Locale.ROOT)));
        }

        public Optional<PermissionDefinition> scope(String value) {
            return Optional.ofNullable(scopesByValue.get(value.toLowerCase(Locale.ROOT)));
        }
    }

    /**
     * One permission.
     *
     * @param id its GUID, in lower case; a role and a scope of the same name have different ids
     * @param value its name, such as {@code User.Read.All}; empty where the API gives none
     * @param enabled false when the API withdrew it
     */
    public record PermissionDefinition(String id, String value, boolean enabled) {}
}
