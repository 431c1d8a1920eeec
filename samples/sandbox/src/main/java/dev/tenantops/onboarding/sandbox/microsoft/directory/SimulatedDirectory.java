package dev.tenantops.onboarding.sandbox.microsoft.directory;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ServicePrincipal.Status;
import dev.tenantops.onboarding.sandbox.microsoft.id.Guid;
import dev.tenantops.onboarding.sandbox.microsoft.id.ObjectIds;
import dev.tenantops.onboarding.sandbox.microsoft.id.WellKnownResources;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Faults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * All tenants and application registrations of the simulated cloud, and what goes wrong with it. Thread-safe; every
 * change is atomic: a request sees the tenant before or after it. What cannot be, such as a grant in a tenant that does
 * not exist, is an {@link IllegalArgumentException}.
 *
 * <p>Resources are named by appId, or as in a catalog: {@code MicrosoftGraph}, {@code ExchangeOnline},
 * {@code AzureCommunicationServices}.
 */
public final class SimulatedDirectory {

    /** How long a deleted service principal can be restored. */
    static final Duration RECYCLE_BIN = Duration.ofDays(30);

    private final Clock clock;
    private final ResourceApis apis = ResourceApis.microsoft365();
    private final Consents consents = new Consents(apis);
    private final Behaviour behaviour = new Behaviour();
    private final Faults faults = new Faults();
    private final Tenants tenants = new Tenants();
    private final Registrations registrations = new Registrations();

    public SimulatedDirectory() {
        this(Clock.systemUTC());
    }

    /** @param clock what tokens, replicas and the recycle bin go by */
    public SimulatedDirectory(Clock clock) {
        this.clock = clock;
    }

    /** A tenant with Microsoft Graph, Exchange Online and Azure Communication Services. */
    public void createTenant(String tenantId, String displayName) {
        createTenant(tenantId, displayName, tenants.domainFor(tenantId, displayName));
    }

    public void createTenant(String tenantId, String displayName, String domain) {
        Tenant tenant = new Tenant(Guid.require("tenantId", tenantId), displayName, domain.toLowerCase(Locale.ROOT));
        for (String resource : WellKnownResources.all()) {
            tenant.update(now(), behaviour.longestLag(), state -> provision(state, resource));
        }
        tenants.add(tenant);
    }

    /** Says where the tenant lives. It starts in the simulated cloud itself. */
    public void moveTenant(String tenantId, TenantHome home) {
        tenants.require(tenantId).move(home);
    }

    public void removeTenant(String tenantId) {
        tenants.remove(tenants.require(tenantId));
    }

    /** Registers an application, or changes it: what tenants granted before stays until they consent again. */
    public void register(ApplicationRegistration registration) {
        registrations.put(registration, now());
    }

    /**
     * Registers the applications of a catalog and its verifier, which asks for Directory.Read.All and
     * Application.Read.All on Microsoft Graph.
     *
     * @param secret the verifier's client secret, or null for none
     */
    public void register(ApplicationCatalog catalog, String secret) {
        register(catalog, secret, List.of());
    }

    /** The same with reply URLs beside the catalog's own, such as the operator's callback. */
    public void register(ApplicationCatalog catalog, String secret, List<String> redirectUris) {
        CatalogRegistrations.of(catalog.getSpec(), secret, redirectUris).forEach(this::register);
    }

    /** Removes a registration: no tenant gets tokens for it any more, though its service principals stay. */
    public void unregister(String clientId) {
        registrations.remove(clientId);
    }

    /** Moves a registration to the recycle bin of its publisher's tenant, which keeps it for 30 days. */
    public void deleteRegistration(String clientId) {
        registrations.delete(clientId, now());
    }

    /** Brings it back. */
    public void restoreRegistration(String clientId) {
        registrations.restore(clientId, now());
    }

    /** The publisher deactivates the registration: {@code isDisabled} in all tenants, which get no tokens any more. */
    public void deactivate(String clientId) {
        registrations.withdraw(clientId, Status.DEACTIVATED);
    }

    /** Microsoft disables the registration: {@code disabledByMicrosoftStatus} in all tenants. */
    public void disableByMicrosoft(String clientId) {
        registrations.withdraw(clientId, Status.DISABLED_BY_MICROSOFT);
    }

    /** Takes either back. */
    public void activate(String clientId) {
        registrations.activate(clientId);
    }

    /** Makes the new secret the only valid one; the old ones count as wrong. */
    public void rotateSecret(String clientId, String newSecret) {
        registrations.rotateSecret(clientId, newSecret, now());
    }

    /** All valid secrets of the application have expired. */
    public void expireSecrets(String clientId) {
        registrations.expireSecrets(clientId, now());
    }

    /**
     * An administrator accepts {@code .default}: the service principal appears, and everything registered is granted in
     * place of what was granted tenant-wide before. Unlike the consent page, this does not refuse when the tenant lacks
     * an API that the application asks for, but leaves its permissions out.
     */
    public void consent(String tenantId, String clientId) {
        ApplicationRegistration application = registrations.require(clientId);
        update(tenantId, state -> consents.grantRegistered(state, application, now()));
    }

    /** An administrator accepts named scopes: those are added to what is granted tenant-wide. */
    public void consentToScopes(String tenantId, String clientId, Map<String, Set<String>> scopesByResourceAppId) {
        ApplicationRegistration application = registrations.require(clientId);
        update(tenantId, state -> {
            TenantState changed = state;
            for (Map.Entry<String, Set<String>> entry : scopesByResourceAppId.entrySet()) {
                changed = consents.grantScopes(changed, application, entry.getKey(), null, entry.getValue(), now());
            }
            return changed;
        });
    }

    /** One user consents for himself: {@code consentType=Principal}. */
    public void consentAsUser(String tenantId, String clientId, String userId, String resourceAppId, String... scopes) {
        ApplicationRegistration application = registrations.require(clientId);
        String resource = WellKnownResources.appId(resourceAppId);
        String user = Guid.is(userId) ? userId : ObjectIds.guid("user", tenantId, userId);
        update(tenantId, state -> consents.grantScopes(state, application, resource, user, List.of(scopes), now()));
    }

    /** Grants one permission tenant-wide, whether the application registered it or not. */
    public void grant(String tenantId, String clientId, String resourceAppId, PermissionType type, String value) {
        ApplicationRegistration application = registrations.require(clientId);
        String resource = WellKnownResources.appId(resourceAppId);
        PermissionDefinition permission = apis.require(resource, type, value);
        update(
                tenantId,
                state -> type == PermissionType.Application
                        ? consents.grantRole(state, application, resource, permission.id(), now())
                        : consents.grantScopes(state, application, resource, null, List.of(value), now()));
    }

    /** Assigns the client to a resource without any role, which is listed as role 0000… and grants nothing. */
    public void assignWithoutRole(String tenantId, String clientId, String resourceAppId) {
        ApplicationRegistration application = registrations.require(clientId);
        String resource = WellKnownResources.appId(resourceAppId);
        update(tenantId, state -> consents.grantRole(state, application, resource, AppRoleAssignment.NO_ROLE, now()));
    }

    /** Takes one permission away from the whole tenant; grants to single users stay. */
    public void revoke(String tenantId, String clientId, String resourceAppId, PermissionType type, String value) {
        String resource = WellKnownResources.appId(resourceAppId);
        PermissionDefinition permission = apis.require(resource, type, value);
        update(tenantId, state -> consents.revoke(state, WellKnownResources.appId(clientId), resource, permission));
    }

    /** Takes every permission away, also from users. The service principal stays. */
    public void revokeConsent(String tenantId, String clientId) {
        change(tenantId, clientId, client -> client.withRoles(List.of()).withGrants(List.of()));
    }

    /** Sets {@code accountEnabled}. Enabling also undoes the other ways of being disabled. */
    public void setEnabled(String tenantId, String clientId, boolean enabled) {
        change(tenantId, clientId, client -> client.withStatus(enabled ? Status.ENABLED : Status.DISABLED));
    }

    /** Sets {@code isDisabled} in one tenant, as a replica that is ahead of the others shows it. */
    public void deactivate(String tenantId, String clientId) {
        change(tenantId, clientId, client -> client.withStatus(Status.DEACTIVATED));
    }

    /** Sets {@code disabledByMicrosoftStatus} in one tenant, likewise. */
    public void disableByMicrosoft(String tenantId, String clientId) {
        change(tenantId, clientId, client -> client.withStatus(Status.DISABLED_BY_MICROSOFT));
    }

    public void setAssignmentRequired(String tenantId, String clientId, boolean required) {
        change(tenantId, clientId, client -> client.withAssignmentRequired(required));
    }

    /** Moves the service principal, a client's or an API's, to the recycle bin. */
    public void delete(String tenantId, String clientId) {
        update(tenantId, state -> state.softDelete(WellKnownResources.appId(clientId), now()));
    }

    /** Removes the service principal for good, also from the recycle bin. The next consent makes one with a new id. */
    public void purge(String tenantId, String clientId) {
        update(tenantId, state -> state.purge(WellKnownResources.appId(clientId)));
    }

    /** Brings a service principal back from the recycle bin, with its grants. */
    public void restore(String tenantId, String clientId) {
        update(tenantId, state -> state.restore(WellKnownResources.appId(clientId), recycledSince()));
    }

    /** The tenant does not have this API: its service principal is gone, and all grants on it. */
    public void removeResource(String tenantId, String resourceAppId) {
        update(tenantId, state -> state.purge(WellKnownResources.appId(resourceAppId)));
    }

    /** The tenant gets this API's service principal. Grants made before it was removed do not come back. */
    public void provisionResource(String tenantId, String resourceAppId) {
        update(tenantId, state -> provision(state, WellKnownResources.appId(resourceAppId)));
    }

    /** An API of anybody's, with app roles and scopes whose ids derive from their values. */
    public void defineResource(String appId, String displayName, List<String> roles, List<String> scopes) {
        apis.define(appId, displayName, roles, scopes);
    }

    /** An API, defined anew: this also changes one of Microsoft's. */
    public void defineResource(
            String appId,
            String displayName,
            List<String> identifierUris,
            Collection<PermissionDefinition> permissions) {
        apis.define(new ResourceApi(appId, displayName, identifierUris, permissions));
    }

    /** The API retires a permission: {@code isEnabled=false}. */
    public void retirePermission(String resourceAppId, PermissionType type, String value) {
        apis.retire(WellKnownResources.appId(resourceAppId), type, value);
    }

    /** Adds made-up permissions, so that the API's service principal is as large as a real one. */
    public void pad(String resourceAppId, int roles, int scopes) {
        apis.pad(WellKnownResources.appId(resourceAppId), roles, scopes);
    }

    public Behaviour behaviour() {
        return behaviour;
    }

    /**
     * Lets something go wrong from now on. A fault of the same id is replaced.
     *
     * @return the fault's id
     */
    public String fail(Fault fault) {
        return faults.add(fault);
    }

    /** @return whether there was such a fault */
    public boolean withdraw(String faultId) {
        return faults.withdraw(faultId);
    }

    public void heal() {
        faults.heal();
    }

    /** What goes wrong now. */
    public Faults faults() {
        return faults;
    }

    /** The APIs that define permissions. */
    public ResourceApis apis() {
        return apis;
    }

    /** The time of the directory. */
    public Instant now() {
        return clock.instant();
    }

    /** What was deleted before cannot be restored. */
    public Instant recycledSince() {
        return now().minus(RECYCLE_BIN);
    }

    /** What publishers registered. */
    public Registrations registrations() {
        return registrations;
    }

    /** All tenants, as they are at present. */
    public Tenants tenants() {
        return tenants;
    }

    /** What a Graph read sees: the present, or what a lagging replica knows. */
    public TenantState read(Tenant tenant) {
        Duration lag = behaviour.nextReplicaLag();
        return lag.isZero() ? tenant.state() : tenant.stateAt(now().minus(lag));
    }

    private TenantState provision(TenantState state, String resourceAppId) {
        ResourceApi api = apis.require(resourceAppId);
        return state.ensure(api.appId(), api.displayName(), ResourceApis.MICROSOFT_TENANT, now());
    }

    private void change(String tenantId, String clientId, UnaryOperator<ServicePrincipal> change) {
        update(tenantId, state -> state.with(change.apply(state.require(WellKnownResources.appId(clientId)))));
    }

    private void update(String tenantId, UnaryOperator<TenantState> change) {
        tenants.require(tenantId).update(now(), behaviour.longestLag(), change);
    }
}
