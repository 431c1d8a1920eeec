package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.WellKnownResource;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tenant-wide grants that a catalog does not ask for: reported, since they may be left over, and never fatal. */
final class SurplusGrants {

    private static final String DEFAULT_ASSIGNMENT = "00000000-0000-0000-0000-000000000000";

    private SurplusGrants() {}

    static List<Permission> of(
            DesiredApplication application,
            ApplicationObservation observation,
            Map<String, ResourceServicePrincipal> resources) {
        var byId = resources.values().stream()
                .collect(Collectors.toMap(it -> it.id().toLowerCase(Locale.ROOT), it -> it));
        var surplus = new TreeSet<Permission>();
        observation.appRoleAssignments().ifComplete().orElse(List.of()).stream()
                .filter(it -> !it.appRoleId().equals(DEFAULT_ASSIGNMENT))
                .forEach(it -> {
                    var resource = Optional.ofNullable(byId.get(it.resourceId().toLowerCase(Locale.ROOT)));
                    var value = resource.map(known -> known.definitions()
                                    .appRolesById()
                                    .get(it.appRoleId().toLowerCase(Locale.ROOT)))
                            .map(ResourceServicePrincipal.PermissionDefinition::value)
                            .filter(known -> !known.isEmpty())
                            .orElse(it.appRoleId());
                    surplus.add(new Permission(name(resource, it.resourceId()), PermissionType.Application, value));
                });
        observation.delegatedGrants().ifComplete().orElse(List.of()).stream()
                .filter(ApplicationObservation.DelegatedPermissionGrant::tenantWide)
                .forEach(it -> {
                    var resource = Optional.ofNullable(byId.get(it.resourceId().toLowerCase(Locale.ROOT)));
                    it.scopes()
                            .forEach(scope -> surplus.add(
                                    new Permission(name(resource, it.resourceId()), PermissionType.Delegated, scope)));
                });
        var asked = asked(application);
        surplus.removeIf(it -> asked.contains(key(it)) || !verifiable(it));
        return List.copyOf(surplus);
    }

    private static Set<String> asked(DesiredApplication application) {
        return application.permissions().stream()
                .flatMap(it -> Stream.concat(
                        Stream.of(it.permission()),
                        it.satisfiedBy().stream()
                                .map(larger -> new Permission(
                                        it.permission().resource(),
                                        it.permission().type(),
                                        larger))))
                .map(SurplusGrants::key)
                .collect(Collectors.toSet());
    }

    private static boolean verifiable(Permission permission) {
        return new DesiredPermission(permission, WellKnownResource.appIdOf(permission.resource()), false, List.of())
                .verifiable();
    }

    private static String key(Permission permission) {
        return permission.toString().toLowerCase(Locale.ROOT);
    }

    private static String name(Optional<ResourceServicePrincipal> resource, String objectId) {
        return resource.map(it -> WellKnownResource.nameOf(it.appId())).orElse(objectId);
    }
}
