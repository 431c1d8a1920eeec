package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.Samples;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Builds what was read of a tenant. The resource APIs are "graph" and "acs". */
public final class TenantFixture {

    private static final List<String> GRAPH_ROLES =
            List.of("User.Read.All", "Presence.Read.All", "Presence.ReadWrite.All");
    private static final List<String> GRAPH_SCOPES =
            List.of("User.Read", "User.Read.All", "Directory.Read.All", "Calendars.Read", "Mail.Send");
    private static final List<String> ACS_SCOPES = List.of("Teams.ManageCalls", "User.Read.All");

    private final Instant readAt;
    private final Map<String, ServicePrincipal> applications = new HashMap<>();
    private final Map<String, List<AppRoleAssignment>> roles = new HashMap<>();
    private final Map<String, List<DelegatedPermissionGrant>> grants = new HashMap<>();
    private final Map<String, Reading<List<DelegatedPermissionGrant>>> overridden = new HashMap<>();
    private final Map<String, Reading<List<AppRoleAssignment>>> overriddenRoles = new HashMap<>();
    private final Map<String, ResourceServicePrincipal> resources = new HashMap<>();
    private final Map<String, OtherResource> others = new HashMap<>();
    private String current;

    private TenantFixture(Instant readAt) {
        this.readAt = readAt;
        resource("graph", WellKnownResource.MicrosoftGraph, GRAPH_ROLES, GRAPH_SCOPES);
        resource("acs", WellKnownResource.AzureCommunicationServices, List.of(), ACS_SCOPES);
    }

    public static TenantFixture of(Instant readAt) {
        return new TenantFixture(readAt);
    }

    /** The sample tenant after it lost the console. */
    public static TenantObservation withoutConsole(Instant readAt) {
        return of(readAt)
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .observation();
    }

    /** Nothing could be read. */
    public static TenantObservation unread(Instant readAt) {
        return TenantObservation.failed(readAt, Failure.of(Failure.Reason.GraphUnavailable, "It failed.", "Wait."));
    }

    static String id(String clientId) {
        return "sp" + clientId.substring(2);
    }

    public TenantFixture application(String clientId) {
        current = clientId;
        applications.put(
                clientId, new ServicePrincipal(id(clientId), clientId, "An application", true, Registration.Active));
        return this;
    }

    public TenantFixture grant(String resource, String scopes) {
        return delegated(resource, scopes, true);
    }

    public TenantFixture userGrant(String resource, String scopes) {
        return delegated(resource, scopes, false);
    }

    public TenantFixture role(String resource, String value) {
        return roleOf(id(current), "ServicePrincipal", resource, value);
    }

    TenantFixture roleOf(String principal, String type, String resource, String value) {
        roles.computeIfAbsent(current, it -> new ArrayList<>())
                .add(new AppRoleAssignment(principal, type, resource, roleId(value)));
        return this;
    }

    TenantFixture defaultRole(String resource) {
        roles.computeIfAbsent(current, it -> new ArrayList<>())
                .add(new AppRoleAssignment(
                        id(current), "ServicePrincipal", resource, "00000000-0000-0000-0000-000000000000"));
        return this;
    }

    TenantFixture disabled(String clientId) {
        applications.put(
                clientId, new ServicePrincipal(id(clientId), clientId, "An application", false, Registration.Active));
        return this;
    }

    /** What became of the registration of an application that is enabled in the tenant. */
    public TenantFixture registration(String clientId, Registration registration) {
        applications.put(clientId, new ServicePrincipal(id(clientId), clientId, "An application", true, registration));
        return this;
    }

    public TenantFixture delegatedGrants(String clientId, Reading<List<DelegatedPermissionGrant>> reading) {
        overridden.put(clientId, reading);
        return this;
    }

    TenantFixture appRoleAssignments(String clientId, Reading<List<AppRoleAssignment>> reading) {
        overriddenRoles.put(clientId, reading);
        return this;
    }

    /** An API that nobody asked for, with its app roles as {@link #role} assigns them. */
    TenantFixture other(String id, String appId, String... roles) {
        others.put(
                id,
                new OtherResource(
                        appId, Arrays.stream(roles).collect(Collectors.toMap(TenantFixture::roleId, it -> it))));
        return this;
    }

    TenantFixture withoutResource(String resource) {
        resources.remove(resource);
        return this;
    }

    TenantFixture resourceDisabled(String name) {
        var resource = resources.get(name);
        resources.put(
                name, new ResourceServicePrincipal(resource.id(), resource.appId(), false, resource.definitions()));
        return this;
    }

    /** The API defines these delegated permissions and no others. */
    public TenantFixture scopes(String name, List<String> scopes) {
        var resource = resources.get(name);
        resources.put(
                name,
                new ResourceServicePrincipal(
                        resource.id(),
                        resource.appId(),
                        resource.enabled(),
                        Reading.of(PermissionDefinitions.of(
                                List.copyOf(defined(resource).appRolesById().values()),
                                scopes.stream()
                                        .map(it -> new PermissionDefinition("scope-" + it, it, true))
                                        .toList()))));
        return this;
    }

    /** The tenant has the API, and what it defines could not be read. */
    TenantFixture definitionsUnread(String name, Failure failure) {
        var resource = resources.get(name);
        resources.put(
                name,
                new ResourceServicePrincipal(
                        resource.id(), resource.appId(), resource.enabled(), Reading.failed(failure)));
        return this;
    }

    TenantFixture withdrawn(String name, String scope) {
        return redefine(
                name,
                it -> it.value().equals(scope)
                        ? Optional.of(new PermissionDefinition(it.id(), scope, false))
                        : Optional.of(it));
    }

    TenantFixture undefined(String name, String scope) {
        return redefine(name, it -> it.value().equals(scope) ? Optional.empty() : Optional.of(it));
    }

    public TenantObservation observation() {
        var observed = new HashMap<String, ApplicationObservation>();
        for (String clientId : List.of(Samples.PRESENCE, Samples.CONSOLE)) {
            var servicePrincipal = Optional.ofNullable(applications.get(clientId));
            observed.put(
                    clientId,
                    servicePrincipal.isEmpty()
                            ? ApplicationObservation.absent()
                            : new ApplicationObservation(
                                    servicePrincipal,
                                    overriddenRoles.getOrDefault(
                                            clientId, Reading.of(List.copyOf(roles.getOrDefault(clientId, List.of())))),
                                    overridden.getOrDefault(
                                            clientId,
                                            Reading.of(List.copyOf(grants.getOrDefault(clientId, List.of())))),
                                    Optional.empty()));
        }
        var byAppId = new HashMap<String, ResourceServicePrincipal>();
        resources.values().forEach(it -> byAppId.put(it.appId(), it));
        return new TenantObservation(readAt, Reading.of(observed), Reading.of(byAppId)).with(others);
    }

    private TenantFixture delegated(String resource, String scopes, boolean tenantWide) {
        grants.computeIfAbsent(current, it -> new ArrayList<>())
                .add(new DelegatedPermissionGrant(id(current), resource, tenantWide, Set.of(scopes.split(" "))));
        return this;
    }

    private void resource(String id, WellKnownResource resource, List<String> roles, List<String> scopes) {
        resources.put(
                id,
                new ResourceServicePrincipal(
                        id,
                        resource.appId(),
                        true,
                        Reading.of(PermissionDefinitions.of(
                                roles.stream()
                                        .map(it -> new PermissionDefinition(roleId(it), it, true))
                                        .toList(),
                                scopes.stream()
                                        .map(it -> new PermissionDefinition("scope-" + it, it, true))
                                        .toList()))));
    }

    private TenantFixture redefine(String name, Function<PermissionDefinition, Optional<PermissionDefinition>> change) {
        var resource = resources.get(name);
        var definitions = defined(resource);
        resources.put(
                name,
                new ResourceServicePrincipal(
                        resource.id(),
                        resource.appId(),
                        resource.enabled(),
                        Reading.of(PermissionDefinitions.of(
                                List.copyOf(definitions.appRolesById().values()),
                                definitions.scopesByValue().values().stream()
                                        .flatMap(it -> change.apply(it).stream())
                                        .toList()))));
        return this;
    }

    private static PermissionDefinitions defined(ResourceServicePrincipal resource) {
        return resource.definitions().ifComplete().orElseThrow();
    }

    private static String roleId(String value) {
        return "role-" + value.toLowerCase(Locale.ROOT);
    }
}
