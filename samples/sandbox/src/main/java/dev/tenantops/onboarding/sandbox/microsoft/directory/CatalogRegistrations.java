package dev.tenantops.onboarding.sandbox.microsoft.directory;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Application;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec.ResourcePermissions;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.id.ObjectIds;
import dev.tenantops.onboarding.sandbox.microsoft.id.WellKnownResources;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The registrations that the publisher of a catalog would have made. */
final class CatalogRegistrations {

    private CatalogRegistrations() {}

    /** @param secret the verifier's client secret; null for a verifier without one */
    static Collection<ApplicationRegistration> of(
            ApplicationCatalogSpec catalog, String secret, List<String> moreRedirectUris) {
        String publisherTenant = ObjectIds.guid("publisher", catalog.publisher());
        Set<String> redirectUris = new LinkedHashSet<>(moreRedirectUris);
        if (catalog.redirectUri() != null) {
            redirectUris.add(catalog.redirectUri());
        }
        Map<String, ApplicationRegistration> byClientId = new LinkedHashMap<>();
        for (Application application : catalog.applications()) {
            if (application.clientId() != null) {
                add(
                        byClientId,
                        new ApplicationRegistration(
                                application.clientId(),
                                application.displayName() == null ? application.name() : application.displayName(),
                                publisherTenant,
                                permissions(application),
                                List.copyOf(redirectUris),
                                Set.of()));
            }
        }
        add(
                byClientId,
                new ApplicationRegistration(
                        catalog.verifier().clientId(),
                        catalog.publisher() + " Onboarding Verifier",
                        publisherTenant,
                        List.of(graphRole("Directory.Read.All"), graphRole("Application.Read.All")),
                        List.copyOf(redirectUris),
                        secret == null ? Set.of() : Set.of(secret)));
        return byClientId.values();
    }

    /** A catalog may list one registration twice, or verify with one of its applications. */
    private static void add(Map<String, ApplicationRegistration> byClientId, ApplicationRegistration registration) {
        byClientId.merge(registration.clientId(), registration, (first, second) -> {
            Set<RequestedPermission> all = new LinkedHashSet<>(first.permissions());
            all.addAll(second.permissions());
            return first.withPermissions(List.copyOf(all))
                    .withSecrets(second.secrets().isEmpty() ? first.secrets() : second.secrets(), Set.of());
        });
    }

    private static List<RequestedPermission> permissions(Application application) {
        List<RequestedPermission> all = new ArrayList<>();
        for (ResourcePermissions resource : application.permissions()) {
            Stream<String> delegated = resource.delegated().stream();
            Stream<String> roles = resource.application().stream();
            if (resource.optional() != null) {
                delegated = Stream.concat(delegated, resource.optional().delegated().stream());
                roles = Stream.concat(roles, resource.optional().application().stream());
            }
            delegated.forEach(
                    value -> all.add(new RequestedPermission(resource.resource(), PermissionType.Delegated, value)));
            roles.forEach(
                    value -> all.add(new RequestedPermission(resource.resource(), PermissionType.Application, value)));
        }
        return all;
    }

    private static RequestedPermission graphRole(String value) {
        return new RequestedPermission(WellKnownResources.MICROSOFT_GRAPH, PermissionType.Application, value);
    }
}
