package dev.tenantops.onboarding.operator.plan;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.AppRoleAssignment;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.OtherResource;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinition;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes the observation of a tenant that has what is remembered of it, so that the code that judges tenants judges what a
 * catalog would make of it. Its ids are its own.
 *
 * @param readAt when it was read
 * @param delegatedReadable whether the verifier may read delegated permissions
 */
record RememberedTenant(Instant readAt, boolean delegatedReadable) {

    private static final String API = "api ";

    /** @param held what each application holds, by client id */
    TenantObservation observed(DesiredCatalog catalog, Map<String, Set<Permission>> held) {
        var asked = catalog.resources();
        var applications = new HashMap<String, ApplicationObservation>();
        catalog.clientIds().forEach(it -> applications.put(it, application(it, held.getOrDefault(it, Set.of()))));
        var all = held.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        var resources = new HashMap<String, ResourceServicePrincipal>();
        asked.forEach(it -> resources.put(
                it, new ResourceServicePrincipal(API + it, it, true, Reading.of(definitions(it, catalog, all)))));
        var others = new HashMap<String, OtherResource>();
        all.stream()
                .map(it -> WellKnownResource.appIdOf(it.resource()))
                .filter(it -> !asked.contains(it))
                .distinct()
                .forEach(it -> others.put(
                        API + it,
                        new OtherResource(
                                it,
                                Holdings.of(all, it, PermissionType.Application).stream()
                                        .filter(role -> !Holdings.isUnnamed(role))
                                        .collect(Collectors.toMap(
                                                RememberedTenant::id, Permission::value, (first, _) -> first)))));
        return new TenantObservation(
                readAt,
                Reading.of(Map.copyOf(applications)),
                Reading.of(Map.copyOf(resources)),
                others,
                Optional.empty(),
                Optional.empty());
    }

    /** Whether it is there with nothing or not at all makes no difference to what it lacks. */
    private ApplicationObservation application(String clientId, Set<Permission> held) {
        Reading<List<AppRoleAssignment>> roles = Reading.of(held.stream()
                .filter(it -> it.type() == PermissionType.Application)
                .map(it -> new AppRoleAssignment(clientId, "ServicePrincipal", api(it), id(it)))
                .toList());
        Reading<List<DelegatedPermissionGrant>> scopes = delegatedReadable
                ? Reading.of(held.stream()
                        .filter(it -> it.type() == PermissionType.Delegated)
                        .map(it -> new DelegatedPermissionGrant(clientId, api(it), true, Set.of(it.value())))
                        .toList())
                : Reading.failed(Failure.of(
                        Failure.Reason.VerifierPermissionsMissing,
                        "The verifier may not read delegated permissions.",
                        "Grant it Directory.Read.All."));
        return new ApplicationObservation(
                Optional.of(new ServicePrincipal(clientId, clientId, clientId, true, Registration.Active)),
                roles,
                scopes,
                Optional.empty());
    }

    /** What a directory has of an API is written as the tenant wrote it, and what a catalog names is taken to be there. */
    private static PermissionDefinitions definitions(String resource, DesiredCatalog catalog, Set<Permission> all) {
        var named = catalog.applications().stream()
                .map(DesiredApplication::permissions)
                .flatMap(List::stream)
                .filter(it -> it.resourceAppId().equals(resource))
                .flatMap(RememberedTenant::values)
                .collect(Collectors.toSet());
        return PermissionDefinitions.of(
                definitions(resource, PermissionType.Application, all, named),
                definitions(resource, PermissionType.Delegated, all, named));
    }

    private static List<PermissionDefinition> definitions(
            String resource, PermissionType type, Set<Permission> all, Set<Permission> named) {
        var definitions = new TreeMap<String, PermissionDefinition>();
        Stream.concat(
                        Holdings.of(all, resource, type).stream(),
                        named.stream().filter(it -> it.type() == type).sorted())
                .forEach(it -> definitions.putIfAbsent(
                        id(it), new PermissionDefinition(id(it), Holdings.isUnnamed(it) ? "" : it.value(), true)));
        return List.copyOf(definitions.values());
    }

    private static Stream<Permission> values(DesiredPermission permission) {
        var own = permission.permission();
        return Stream.concat(
                Stream.of(own),
                permission.satisfiedBy().stream().map(it -> new Permission(own.resource(), own.type(), it)));
    }

    private static String api(Permission permission) {
        return API + WellKnownResource.appIdOf(permission.resource());
    }

    private static String id(Permission permission) {
        return Holdings.isUnnamed(permission)
                ? permission.value().toLowerCase(Locale.ROOT)
                : Holdings.key(permission).toLowerCase(Locale.ROOT);
    }
}
