package dev.tenantops.onboarding.sandbox.microsoft.consent;

import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ResourceApis;
import dev.tenantops.onboarding.sandbox.microsoft.directory.Tenant;
import dev.tenantops.onboarding.sandbox.microsoft.id.WellKnownResources;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A consent URL that makes sense.
 *
 * @param tenant the tenant of the URL, or null for {@code organizations}, where the account decides
 * @param redirectUri null only on the v1 endpoint
 * @param namedScopes the scopes of a v2.0 URL by resource; empty when everything registered is asked for
 */
public record ConsentRequest(
        Version version,
        Tenant tenant,
        ApplicationRegistration application,
        String redirectUri,
        String state,
        Map<String, Set<String>> namedScopes) {

    public enum Version {
        V1,
        V2
    }

    boolean asksForEverythingRegistered() {
        return namedScopes.isEmpty();
    }

    /** What the page lists. Registered permissions that no API defines are not shown, as they cannot be granted. */
    List<RequestedPermission> permissions(ResourceApis apis) {
        Stream<RequestedPermission> wanted = asksForEverythingRegistered()
                ? application.permissions().stream()
                : namedScopes.entrySet().stream()
                        .flatMap(entry -> entry.getValue().stream()
                                .map(scope ->
                                        new RequestedPermission(entry.getKey(), PermissionType.Delegated, scope)));
        return wanted.filter(permission -> apis.find(permission.resourceAppId())
                        .flatMap(api -> api.find(permission.type(), permission.value()))
                        .isPresent())
                .distinct()
                .toList();
    }

    /** Only these need more than a Cloud Application Administrator. */
    boolean asksForGraphRoles(ResourceApis apis) {
        return permissions(apis).stream()
                .anyMatch(permission -> permission.type() == PermissionType.Application
                        && permission.resourceAppId().equals(WellKnownResources.MICROSOFT_GRAPH));
    }

    /** The scopes as the v2.0 endpoint reports them: each with its resource. */
    String grantedScopes(ResourceApis apis) {
        Set<String> scopes = new LinkedHashSet<>();
        for (RequestedPermission permission : permissions(apis)) {
            if (permission.type() == PermissionType.Delegated) {
                scopes.add(prefix(apis, permission.resourceAppId()) + permission.value());
            }
        }
        if (asksForEverythingRegistered()) {
            scopes.add(prefix(apis, WellKnownResources.MICROSOFT_GRAPH) + ".default");
        }
        return String.join(" ", scopes);
    }

    ConsentRequest inTenant(Tenant chosen) {
        return new ConsentRequest(version, chosen, application, redirectUri, state, new LinkedHashMap<>(namedScopes));
    }

    private static String prefix(ResourceApis apis, String resourceAppId) {
        return apis.require(resourceAppId).identifierUris().getFirst() + "/";
    }
}
