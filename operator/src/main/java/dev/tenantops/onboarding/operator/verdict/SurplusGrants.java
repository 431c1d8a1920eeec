package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.AppRoleAssignment;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.OtherResource;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinition;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tenant-wide grants that nobody asks for: reported, since they may be left over, and never fatal. */
final class SurplusGrants {

    private SurplusGrants() {}

    static List<Permission> of(
            List<DesiredPermission> wanted,
            ApplicationObservation observation,
            Map<String, ResourceServicePrincipal> resources,
            Map<String, OtherResource> others) {
        var names = new Names(
                resources.values().stream()
                        .collect(Collectors.toMap(it -> it.id().toLowerCase(Locale.ROOT), it -> it)),
                others);
        var surplus = new TreeSet<Permission>();
        observation.appRoleAssignments().ifComplete().orElse(List.of()).stream()
                .filter(AppRoleAssignment::carriesPermission)
                .flatMap(it -> names.appRole(it).stream())
                .forEach(surplus::add);
        observation.delegatedGrants().ifComplete().orElse(List.of()).stream()
                .filter(DelegatedPermissionGrant::tenantWide)
                .flatMap(names::scopes)
                .forEach(surplus::add);
        var asked = asked(wanted);
        surplus.removeIf(it -> asked.contains(key(it)) || !verifiable(it));
        return List.copyOf(surplus);
    }

    private static Set<String> asked(List<DesiredPermission> wanted) {
        return wanted.stream()
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

    /** Names for people; what has none keeps its id, and what may have one that could not be read is left out. */
    private record Names(Map<String, ResourceServicePrincipal> asked, Map<String, OtherResource> others) {

        Optional<Permission> appRole(AppRoleAssignment assignment) {
            var api = Optional.ofNullable(asked.get(assignment.resourceId().toLowerCase(Locale.ROOT)));
            if (api.filter(it -> it.definitions().ifFailed().isPresent()).isPresent()) {
                return Optional.empty();
            }
            var role = assignment.appRoleId().toLowerCase(Locale.ROOT);
            var value = api.flatMap(it -> it.definitions().ifComplete())
                    .map(it -> it.appRolesById().get(role))
                    .map(PermissionDefinition::value)
                    .or(() -> Optional.ofNullable(
                                    others.get(assignment.resourceId().toLowerCase(Locale.ROOT)))
                            .map(it -> it.appRoles().get(role)))
                    .filter(it -> !it.isEmpty())
                    .orElse(assignment.appRoleId());
            return Optional.of(new Permission(resource(assignment.resourceId()), PermissionType.Application, value));
        }

        Stream<Permission> scopes(DelegatedPermissionGrant grant) {
            var resource = resource(grant.resourceId());
            return grant.scopes().stream().map(it -> new Permission(resource, PermissionType.Delegated, it));
        }

        private String resource(String objectId) {
            var id = objectId.toLowerCase(Locale.ROOT);
            return Optional.ofNullable(asked.get(id))
                    .map(ResourceServicePrincipal::appId)
                    .or(() -> Optional.ofNullable(others.get(id)).map(OtherResource::appId))
                    .map(WellKnownResource::nameOf)
                    .orElse(objectId);
        }
    }
}
