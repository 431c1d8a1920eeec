package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.operator.observe.ApplicationObservation.AppRoleAssignment;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.InMemoryTenant.Deleted;
import dev.tenantops.onboarding.operator.observe.InMemoryTenant.UserGrant;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinition;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A directory for tests of what lies behind the port. {@link TenantDirectoryContract} holds it to what the real one
 * does. Thread-safe; every change is atomic.
 */
public final class InMemoryTenantDirectory implements TenantDirectory {

    private static final Duration CREDENTIAL_PROPAGATION = Duration.ofMinutes(5);

    private final Clock clock;
    /** When a credential was last taken, by its version. */
    private final Map<String, Instant> accepted = new HashMap<>();

    private final Map<String, PermissionDefinitions> apis = new HashMap<>();
    private final Map<String, InMemoryTenant> tenants = new HashMap<>();
    private final List<TenantQuery> queries = new ArrayList<>();
    private int created;

    public InMemoryTenantDirectory(Clock clock) {
        this.clock = clock;
    }

    /** Defines what an API offers; tenants created from now on have it. Ids derive from the values. */
    public synchronized void defineApi(String appId, Set<String> appRoles, Set<String> scopes) {
        apis.put(
                appId,
                PermissionDefinitions.of(
                        definitions(appId + " role", appRoles), definitions(appId + " scope", scopes)));
    }

    /** A tenant with every API defined so far. */
    public synchronized void createTenant(String tenantId) {
        tenants.put(tenantId, new InMemoryTenant());
        apis.keySet().forEach(appId -> install(tenantId, appId, "API " + appId));
    }

    /** Creates the service principal of an application or an API, with no permission. */
    public synchronized void install(String tenantId, String appId, String displayName) {
        tenant(tenantId)
                .principals
                .put(appId, new ServicePrincipal(newId(), appId, displayName, true, Registration.Active));
    }

    /** Removes a service principal for good, also from the recycle bin. Its id never comes back, nor do its grants. */
    public synchronized void remove(String tenantId, String appId) {
        InMemoryTenant tenant = tenant(tenantId);
        tenant.principals.remove(appId);
        tenant.recycleBin.removeIf(it -> it.principal().appId().equals(appId));
    }

    /** Moves a service principal to the recycle bin, where it stays. */
    public synchronized void softDelete(String tenantId, String appId) {
        InMemoryTenant tenant = tenant(tenantId);
        tenant.recycleBin.add(new Deleted(principal(tenantId, appId), clock.instant()));
        tenant.principals.remove(appId);
    }

    /** Brings the service principal back that was deleted last, with its grants. */
    public synchronized void restore(String tenantId, String appId) {
        InMemoryTenant tenant = tenant(tenantId);
        Deleted last = tenant.recycleBin.reversed().stream()
                .filter(it -> it.principal().appId().equals(appId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Delete " + appId + " in " + tenantId + " first"));
        if (tenant.principals.putIfAbsent(appId, last.principal()) != null) {
            throw new IllegalArgumentException("Tenant " + tenantId + " has " + appId + " already");
        }
        tenant.recycleBin.remove(last);
    }

    public synchronized void setEnabled(String tenantId, String appId, boolean enabled) {
        change(
                tenantId,
                appId,
                it -> new ServicePrincipal(it.id(), it.appId(), it.displayName(), enabled, it.registration()));
    }

    /** What became of the registration, as one tenant shows it. */
    public synchronized void setRegistration(String tenantId, String appId, Registration registration) {
        change(
                tenantId,
                appId,
                it -> new ServicePrincipal(it.id(), it.appId(), it.displayName(), it.enabled(), registration));
    }

    /** What became of the registration, in all tenants that have the application. */
    public synchronized void setRegistration(String appId, Registration registration) {
        tenants.forEach((tenantId, tenant) -> {
            if (tenant.principals.containsKey(appId)) {
                setRegistration(tenantId, appId, registration);
            }
        });
    }

    public synchronized void grantAppRoles(String tenantId, String clientId, String resourceAppId, String... values) {
        ServicePrincipal client = principal(tenantId, clientId);
        ServicePrincipal resource = principal(tenantId, resourceAppId);
        for (String value : values) {
            String role = apis.get(resourceAppId).appRole(value).orElseThrow().id();
            tenant(tenantId)
                    .assignments
                    .add(new AppRoleAssignment(client.id(), "ServicePrincipal", resource.id(), role));
        }
    }

    public synchronized void revokeAppRole(String tenantId, String clientId, String resourceAppId, String value) {
        String id = principal(tenantId, clientId).id();
        String role = apis.get(resourceAppId).appRole(value).orElseThrow().id();
        tenant(tenantId)
                .assignments
                .removeIf(it -> it.principalId().equals(id) && it.appRoleId().equals(role));
    }

    /** Grants scopes to the whole tenant, beside those granted before. */
    public synchronized void grantScopes(String tenantId, String clientId, String resourceAppId, String... values) {
        grant(tenantId, Optional.empty(), clientId, resourceAppId, values);
    }

    /** One user consents for himself. */
    public synchronized void grantScopesToUser(
            String tenantId, String user, String clientId, String resourceAppId, String... values) {
        grant(tenantId, Optional.of(user), clientId, resourceAppId, values);
    }

    /** Takes one scope from the whole tenant. */
    public synchronized void revokeScope(String tenantId, String clientId, String resourceAppId, String value) {
        Set<String> scopes = new HashSet<>(takeScopes(tenantId, Optional.empty(), clientId, resourceAppId));
        scopes.remove(value);
        grant(tenantId, Optional.empty(), clientId, resourceAppId, scopes.toArray(String[]::new));
    }

    /** What the customer calls its organization. */
    public synchronized void name(String tenantId, String name) {
        tenant(tenantId).name = Optional.of(name);
    }

    /** From now on nothing of the tenant can be read. */
    public synchronized void fail(String tenantId, Failure failure) {
        tenant(tenantId).failure = Optional.of(failure);
    }

    /** From now on app role assignments cannot be read, the rest can. */
    public synchronized void failAppRoleAssignments(String tenantId, Failure failure) {
        tenant(tenantId).rolesFailure = Optional.of(failure);
    }

    /** From now on delegated permission grants cannot be read, the rest can. */
    public synchronized void failDelegatedGrants(String tenantId, Failure failure) {
        tenant(tenantId).grantsFailure = Optional.of(failure);
    }

    /** From now on the verifier's credential is not known where this tenant's sign-in is tried. */
    public synchronized void refuseCredential(String tenantId) {
        tenant(tenantId).credentialRefused = true;
    }

    public synchronized void heal(String tenantId) {
        tenant(tenantId).credentialRefused = false;
        tenant(tenantId).failure = Optional.empty();
        tenant(tenantId).rolesFailure = Optional.empty();
        tenant(tenantId).grantsFailure = Optional.empty();
    }

    /** Everything that was asked so far, in order. */
    public synchronized List<TenantQuery> queries() {
        return List.copyOf(queries);
    }

    @Override
    public synchronized TenantObservation read(TenantQuery query) {
        queries.add(query);
        Instant readAt = clock.instant();
        InMemoryTenant tenant = tenants.get(query.tenantId());
        if (tenant == null) {
            return TenantObservation.failed(
                    readAt,
                    Failure.of(
                            Reason.TenantNotFound,
                            "There is no tenant " + query.tenantId() + ".",
                            "Check spec.tenantId."));
        }
        if (tenant.credentialRefused) {
            return TenantObservation.failed(readAt, refusal(query.verifier(), readAt));
        }
        accepted.put(query.verifier().credential().version(), readAt);
        if (tenant.failure.isPresent()) {
            return TenantObservation.failed(readAt, tenant.failure.get());
        }
        Map<String, ApplicationObservation> applications = new HashMap<>();
        for (ApplicationQuery application : query.applications()) {
            applications.put(application.clientId(), tenant.read(application));
        }
        Map<String, ResourceServicePrincipal> resources = new HashMap<>();
        for (String appId : query.resources()) {
            ServicePrincipal it = tenant.principals.get(appId);
            if (it != null) {
                resources.put(
                        appId, new ResourceServicePrincipal(it.id(), appId, it.usable(), Reading.of(apis.get(appId))));
            }
        }
        boolean nothingShowsIt = !applications.isEmpty()
                && applications.values().stream()
                        .allMatch(it -> it.servicePrincipal().isEmpty());
        TenantObservation seen = new TenantObservation(
                readAt,
                Reading.of(Map.copyOf(applications)),
                Reading.of(Map.copyOf(resources)),
                Map.of(),
                nothingShowsIt ? tenant.grantsFailure : Optional.empty(),
                tenant.name(query.organizationName()));
        return seen.with(others(tenant, seen.grantedElsewhere()));
    }

    /** A credential that changed a moment ago, or that another tenant takes, may not have arrived. */
    private Failure refusal(Verifier verifier, Instant now) {
        boolean mayArrive = Stream.of(
                        verifier.since(),
                        Optional.ofNullable(accepted.get(verifier.credential().version())))
                .flatMap(Optional::stream)
                .anyMatch(it -> it.plus(CREDENTIAL_PROPAGATION).isAfter(now));
        return Failure.of(
                mayArrive ? Reason.CredentialsPropagating : Reason.CredentialsInvalid,
                "The credential is not known.",
                "Wait, or correct it.");
    }

    private Map<String, OtherResource> others(InMemoryTenant tenant, Map<String, Set<String>> granted) {
        Map<String, OtherResource> others = new HashMap<>();
        for (ServicePrincipal it : tenant.principals.values()) {
            if (granted.containsKey(it.id())) {
                Map<String, String> roles = new HashMap<>();
                granted.get(it.id())
                        .forEach(role -> roles.put(
                                role,
                                apis.get(it.appId()).appRolesById().get(role).value()));
                others.put(it.id(), new OtherResource(it.appId(), roles));
            }
        }
        return others;
    }

    private void grant(
            String tenantId, Optional<String> user, String clientId, String resourceAppId, String... values) {
        Set<String> scopes = new HashSet<>(takeScopes(tenantId, user, clientId, resourceAppId));
        scopes.addAll(Arrays.asList(values));
        if (!scopes.isEmpty()) {
            DelegatedPermissionGrant grant = new DelegatedPermissionGrant(
                    principal(tenantId, clientId).id(),
                    principal(tenantId, resourceAppId).id(),
                    user.isEmpty(),
                    Set.copyOf(scopes));
            tenant(tenantId).grants.add(new UserGrant(user, grant));
        }
    }

    /** Removes a grant and returns what it held. */
    private Set<String> takeScopes(String tenantId, Optional<String> user, String clientId, String resourceAppId) {
        String client = principal(tenantId, clientId).id();
        String resource = principal(tenantId, resourceAppId).id();
        List<UserGrant> grants = tenant(tenantId).grants;
        Optional<UserGrant> held = grants.stream()
                .filter(it -> it.user().equals(user)
                        && it.grant().clientId().equals(client)
                        && it.grant().resourceId().equals(resource))
                .findFirst();
        held.ifPresent(grants::remove);
        return held.map(it -> it.grant().scopes()).orElse(Set.of());
    }

    private void change(String tenantId, String appId, UnaryOperator<ServicePrincipal> change) {
        tenant(tenantId).principals.put(appId, change.apply(principal(tenantId, appId)));
    }

    private InMemoryTenant tenant(String tenantId) {
        return Optional.ofNullable(tenants.get(tenantId))
                .orElseThrow(() -> new IllegalArgumentException("Create tenant " + tenantId + " first"));
    }

    private ServicePrincipal principal(String tenantId, String appId) {
        return Optional.ofNullable(tenant(tenantId).principals.get(appId))
                .orElseThrow(() -> new IllegalArgumentException("Install " + appId + " in " + tenantId + " first"));
    }

    private String newId() {
        return UUID.nameUUIDFromBytes(new byte[] {(byte) (++created >> 8), (byte) created})
                .toString();
    }

    private static List<PermissionDefinition> definitions(String kind, Set<String> values) {
        return values.stream()
                .map(value -> new PermissionDefinition(
                        UUID.nameUUIDFromBytes((kind + value).getBytes(StandardCharsets.UTF_8))
                                .toString(),
                        value,
                        true))
                .toList();
    }
}
