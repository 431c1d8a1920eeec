package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.truth.Facts.ApplicationFacts;
import dev.tenantops.onboarding.operator.truth.Facts.Demand;
import dev.tenantops.onboarding.operator.truth.Facts.Presence;
import dev.tenantops.onboarding.sandbox.CertificateAuthority;
import dev.tenantops.onboarding.sandbox.microsoft.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.ApplicationRegistration.RequestedPermission;
import dev.tenantops.onboarding.sandbox.microsoft.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.MicrosoftSimulator;
import dev.tenantops.onboarding.sandbox.microsoft.SimulatedDirectory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A customer's tenant in the simulated cloud, and beside it what is really true of it. */
final class World implements AutoCloseable {

    static final String TENANT = "3c1f6d0e-0000-4000-8000-000000000001";
    static final String VERIFIER = "bbbbbbbb-0000-4000-8000-000000000001";
    static final String CATALOG = "catalog";

    private static final String PUBLISHER = "3c1f6d0e-0000-4000-8000-00000000ffff";
    private static final String GRAPH = "MicrosoftGraph";
    private static final String COMMUNICATION = "AzureCommunicationServices";
    private static final String EXCHANGE = "ExchangeOnline";
    private static final Permission SURPLUS = new Permission(GRAPH, PermissionType.Delegated, "Mail.Send");
    private static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Simulated Microsoft");
    private static final KubernetesSerialization YAML = new KubernetesSerialization();

    /** The applications with what the catalog asks for at first; the last few are what it may ask for later. */
    private static final Map<String, List<Permission>> PERMISSIONS = new LinkedHashMap<>(Map.of(
            "roles",
            List.of(role("User.Read.All"), role("Group.Read.All"), role("Presence.Read.All")),
            "mixed",
            List.of(
                    scope(GRAPH, "User.Read"),
                    scope(COMMUNICATION, "Teams.ManageCalls"),
                    scope(COMMUNICATION, "Teams.ManageChats"),
                    role("User.Read.All")),
            "exchange",
            List.of(scope(EXCHANGE, "EWS.AccessAsUser.All"), scope(GRAPH, "User.Read.All")),
            "graph",
            List.of(scope(GRAPH, "Calendars.ReadWrite"), scope(GRAPH, "Contacts.ReadWrite"))));

    private static final Map<String, Integer> ASKED_AT_FIRST =
            Map.of("roles", 2, "mixed", 2, "exchange", 1, "graph", 1);
    private static final Map<String, Set<String>> PLANS =
            Map.of("basic", Set.of("roles", "mixed"), "full", Set.of("roles", "mixed", "exchange", "graph"));

    private final VirtualClock clock;
    private final SimulatedDirectory directory;
    private final MicrosoftSimulator simulator;
    private final Timeline timeline = new Timeline();

    private final Map<String, ApplicationFacts> applications = new HashMap<>();
    private final Map<String, Demand> demands = new HashMap<>();
    private final Set<String> resources = new HashSet<>(Set.of(GRAPH, COMMUNICATION, EXCHANGE));
    private final Set<String> disabledResources = new HashSet<>();
    private String plan = "basic";
    private boolean verifierConsented = true;
    private boolean verifierLowered;
    private boolean undisturbed = true;
    private boolean suspended;
    private String secret = "secret 1";
    private String storedSecret = secret;
    private Duration lag = Duration.ZERO;
    private int retryAfter;

    World(VirtualClock clock, Duration tokenLifetime) {
        this.clock = clock;
        this.directory = new SimulatedDirectory(clock);
        this.simulator = MicrosoftSimulator.start(AUTHORITY, 0, directory);
        directory.behaviour().tokenLifetime(tokenLifetime);
        directory.createTenant(TENANT, "Contoso");
        PERMISSIONS.forEach((name, permissions) -> {
            var first = Set.copyOf(permissions.subList(0, ASKED_AT_FIRST.get(name)));
            demands.put(name, new Demand(first, first));
            applications.put(name, ApplicationFacts.ABSENT);
            register(name);
        });
        registerVerifier();
        directory.consent(TENANT, VERIFIER);
        record();
    }

    static CertificateAuthority authority() {
        return AUTHORITY;
    }

    static Set<String> applicationNames() {
        return new TreeSet<>(PERMISSIONS.keySet());
    }

    static List<String> resourceNames() {
        return List.of(COMMUNICATION, EXCHANGE);
    }

    Timeline timeline() {
        return timeline;
    }

    CloudEndpoints cloud() {
        return new CloudEndpoints(Cloud.Custom, simulator.url(), simulator.url());
    }

    long requests() {
        return simulator.requests().counters().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    String plan() {
        return plan;
    }

    boolean suspended() {
        return suspended;
    }

    /** How long a request that fails now may be told to wait. */
    Duration retryAfter() {
        return Duration.ofSeconds(retryAfter);
    }

    String storedSecret() {
        return storedSecret;
    }

    @Override
    public void close() {
        simulator.close();
    }

    /** The catalog as it stands. */
    ApplicationCatalog catalog() {
        var yaml = new StringBuilder("""
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: ApplicationCatalog
                metadata: {name: catalog, generation: 1}
                spec:
                  publisher: Publisher
                  cloud: Custom
                  allowedNamespaces: {from: All}
                  verifier: {clientId: %s, credentialsRef: {name: verifier}}
                  plans:
                """.formatted(VERIFIER));
        PLANS.forEach((name, brings) -> yaml.append(
                "  - {name: %s, applications: [%s]}\n".formatted(name, String.join(", ", new TreeSet<>(brings)))));
        yaml.append("  applications:\n");
        applicationNames().forEach(name -> {
            yaml.append("  - name: %s\n    clientId: %s\n    permissions:\n".formatted(name, clientId(name)));
            var byResource = demands.get(name).required().stream().collect(Collectors.groupingBy(Permission::resource));
            byResource.forEach((resource, permissions) ->
                    yaml.append("    - {resource: %s, application: [%s], delegated: [%s]}\n"
                            .formatted(
                                    resource,
                                    values(permissions, PermissionType.Application),
                                    values(permissions, PermissionType.Delegated))));
            // A scope that no directory has to show.
            yaml.append("    - {resource: MicrosoftGraph, delegated: [openid]}\n");
        });
        return YAML.unmarshal(yaml.toString(), ApplicationCatalog.class);
    }

    private static String values(List<Permission> permissions, PermissionType type) {
        return permissions.stream()
                .filter(it -> it.type() == type)
                .map(Permission::value)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    static String clientId(String name) {
        return "aaaaaaaa-0000-4000-8000-%012d"
                .formatted(List.copyOf(applicationNames()).indexOf(name) + 1);
    }

    /** Lets something happen to the tenant, the catalog or the cloud. */
    void happen(Step step) {
        switch (step) {
            case Step.Consent(String name, boolean _) -> consent(name);
            case Step.UserConsent(String name) -> userConsent(name);
            case Step.Revoke(String name, int number) -> revoke(name, number);
            case Step.RevokeAll(String name) -> revokeAll(name);
            case Step.GrantSurplus(String name) -> grantSurplus(name);
            case Step.AssignWithoutRole(String name) -> assignWithoutRole(name);
            case Step.LookAlike(String name) -> lookAlike(name);
            case Step.Disable(String name, int how) -> disable(name, how);
            case Step.Enable(String name) -> enable(name);
            case Step.Delete(String name) -> delete(name);
            case Step.Restore(String name) -> restore(name);
            case Step.Purge(String name) -> purge(name);
            case Step.RemoveResource(String resource) -> removeResource(resource);
            case Step.ProvisionResource(String resource) -> provisionResource(resource);
            case Step.DisableResource(String resource) -> setResource(resource, false);
            case Step.EnableResource(String resource) -> setResource(resource, true);
            case Step.CatalogGrows(String name, int number, boolean registered) -> grow(name, number, registered);
            case Step.CatalogShrinks(String name, int number) -> shrink(name, number);
            case Step.RegistrationFollows(String name) -> {
                demand(name, demands.get(name).registering(union(demands.get(name))));
                register(name);
            }
            case Step.License(String to) -> plan = to;
            case Step.RevokeVerifier() -> {
                directory.revokeConsent(TENANT, VERIFIER);
                verifierConsented = false;
            }
            case Step.LowerVerifier() -> lowerVerifier();
            case Step.ConsentToVerifier() -> {
                directory.consent(TENANT, VERIFIER);
                verifierConsented = true;
                verifierLowered = false;
            }
            case Step.RotateSecret() -> {
                secret = secret + "'";
                directory.rotateSecret(VERIFIER, secret);
            }
            case Step.StoreSecret() -> storedSecret = secret;
            case Step.Lag(List<Integer> seconds) -> {
                var lags = seconds.stream().map(Duration::ofSeconds).toArray(Duration[]::new);
                directory.behaviour().replicaLags(lags);
                lag = Stream.of(lags).max(Duration::compareTo).orElse(Duration.ZERO);
            }
            case Step.Pages(int size, boolean leadingSpace) ->
                directory.behaviour().pageSize(size).leadingSpaceInScopes(leadingSpace);
            case Step.Fail(var kind, String path, Effect effect) -> {
                var fault = Fault.on(kind, effect);
                directory.fail(path == null ? fault : fault.onPath(path));
                undisturbed = false;
                if (effect instanceof Effect.Status(int _, Integer seconds, String _) && seconds != null) {
                    retryAfter = Math.max(retryAfter, seconds);
                }
            }
            case Step.Heal() -> {
                directory.heal();
                undisturbed = true;
                retryAfter = 0;
            }
            case Step.Suspend() -> suspended = true;
            case Step.Resume() -> suspended = false;
            case Step.Wait _, Step.Callback _, Step.Restart _, Step.ApiServerDown _ -> {
                // They concern the operator alone.
            }
        }
        record();
    }

    private void consent(String name) {
        if (applications.get(name).enabled()) {
            directory.consent(TENANT, clientId(name));
            var granted = new HashSet<>(demands.get(name).registered());
            granted.removeIf(it -> !resources.contains(it.resource()));
            application(name, anew(name).holding(granted));
        }
    }

    private void userConsent(String name) {
        if (!applications.get(name).enabled()) {
            return;
        }
        var scopes = demands.get(name).registered().stream()
                .filter(it -> it.type() == PermissionType.Delegated && resources.contains(it.resource()))
                .collect(Collectors.toSet());
        if (!scopes.isEmpty()) {
            scopes.forEach(it -> directory.consentAsUser(TENANT, clientId(name), "ada", it.resource(), it.value()));
            application(name, anew(name).plusUsers(scopes));
        }
    }

    /** A deleted application that is consented to again gets a new service principal. */
    private ApplicationFacts anew(String name) {
        var application = applications.get(name);
        return application.live() ? application : ApplicationFacts.ABSENT;
    }

    private void revoke(String name, int number) {
        var all = PERMISSIONS.get(name);
        var permission = all.get(number % all.size());
        if (applications.get(name).live() && resources.contains(permission.resource())) {
            directory.revoke(TENANT, clientId(name), permission.resource(), permission.type(), permission.value());
            var held = new HashSet<>(applications.get(name).held());
            held.remove(permission);
            application(name, applications.get(name).holding(held));
        }
    }

    private void revokeAll(String name) {
        if (applications.get(name).live()) {
            directory.revokeConsent(TENANT, clientId(name));
            application(name, applications.get(name).without(it -> true));
        }
    }

    private void grantSurplus(String name) {
        if (applications.get(name).live()) {
            directory.grant(TENANT, clientId(name), SURPLUS.resource(), SURPLUS.type(), SURPLUS.value());
            application(name, applications.get(name).plus(SURPLUS));
        }
    }

    private void assignWithoutRole(String name) {
        if (applications.get(name).live()) {
            directory.assignWithoutRole(TENANT, clientId(name), GRAPH);
        }
    }

    private void lookAlike(String name) {
        var clientId = "cccccccc" + clientId(name).substring(8);
        directory.register(new ApplicationRegistration(
                clientId, name, PUBLISHER, requested(new HashSet<>(PERMISSIONS.get(name))), List.of(), Set.of()));
        directory.consent(TENANT, clientId);
    }

    private void disable(String name, int how) {
        if (applications.get(name).live()) {
            switch (how % 3) {
                case 0 -> directory.setEnabled(TENANT, clientId(name), false);
                case 1 -> directory.deactivate(TENANT, clientId(name));
                default -> directory.disableByMicrosoft(TENANT, clientId(name));
            }
            application(name, applications.get(name).enabled(false));
        }
    }

    private void enable(String name) {
        if (applications.get(name).live()) {
            directory.setEnabled(TENANT, clientId(name), true);
            application(name, applications.get(name).enabled(true));
        }
    }

    private void delete(String name) {
        if (applications.get(name).live()) {
            directory.delete(TENANT, clientId(name));
            application(name, applications.get(name).with(Presence.Deleted));
        }
    }

    private void restore(String name) {
        if (applications.get(name).presence() == Presence.Deleted) {
            directory.restore(TENANT, clientId(name));
            application(name, applications.get(name).with(Presence.Live));
        }
    }

    private void purge(String name) {
        if (applications.get(name).presence() != Presence.Absent) {
            directory.purge(TENANT, clientId(name));
            application(name, ApplicationFacts.ABSENT);
        }
    }

    private void removeResource(String resource) {
        if (resources.remove(resource)) {
            directory.removeResource(TENANT, resource);
            disabledResources.remove(resource);
            Predicate<Permission> onIt = it -> it.resource().equals(resource);
            applications.replaceAll((_, it) -> it.without(onIt));
        }
    }

    private void provisionResource(String resource) {
        if (resources.add(resource)) {
            directory.provisionResource(TENANT, resource);
        }
    }

    private void setResource(String resource, boolean enabled) {
        if (resources.contains(resource)) {
            directory.setEnabled(TENANT, resource, enabled);
            if (enabled) {
                disabledResources.remove(resource);
            } else {
                disabledResources.add(resource);
            }
        }
    }

    private void grow(String name, int number, boolean registered) {
        var all = PERMISSIONS.get(name);
        var added = all.get(number % all.size());
        var demand = demands.get(name);
        var required = new HashSet<>(demand.required());
        required.add(added);
        demand(name, demand.requiring(required));
        if (registered) {
            demand(name, demands.get(name).registering(union(demands.get(name))));
        }
        register(name);
    }

    private void shrink(String name, int number) {
        var all = PERMISSIONS.get(name);
        var demand = demands.get(name);
        var required = new HashSet<>(demand.required());
        required.remove(all.get(number % all.size()));
        if (!required.isEmpty()) {
            demand(name, demand.requiring(required));
        }
    }

    private void lowerVerifier() {
        if (verifierConsented && !verifierLowered) {
            directory.revoke(TENANT, VERIFIER, GRAPH, PermissionType.Application, "Directory.Read.All");
            verifierLowered = true;
        }
    }

    private static Set<Permission> union(Demand demand) {
        var all = new HashSet<>(demand.registered());
        all.addAll(demand.required());
        return all;
    }

    private void application(String name, ApplicationFacts facts) {
        applications.put(name, facts);
    }

    private void demand(String name, Demand demand) {
        demands.put(name, demand);
    }

    private void register(String name) {
        var registered = new ArrayList<>(requested(demands.get(name).registered()));
        registered.add(new RequestedPermission(GRAPH, PermissionType.Delegated, "openid"));
        directory.register(
                new ApplicationRegistration(clientId(name), name, PUBLISHER, registered, List.of(), Set.of()));
    }

    private void registerVerifier() {
        directory.register(new ApplicationRegistration(
                VERIFIER,
                "Verifier",
                PUBLISHER,
                requested(Set.of(role("Directory.Read.All"), role("Application.Read.All"))),
                List.of(),
                Set.of(secret)));
    }

    private static List<RequestedPermission> requested(Set<Permission> permissions) {
        return permissions.stream()
                .sorted()
                .map(it -> new RequestedPermission(it.resource(), it.type(), it.value()))
                .toList();
    }

    private void record() {
        timeline.record(
                clock.instant(),
                new Facts(
                        applications,
                        demands,
                        PLANS.get(plan),
                        resources,
                        disabledResources,
                        verifierConsented,
                        verifierLowered,
                        storedSecret.equals(secret),
                        undisturbed,
                        suspended,
                        lag));
    }

    Instant now() {
        return clock.instant();
    }

    private static Permission role(String value) {
        return new Permission(GRAPH, PermissionType.Application, value);
    }

    private static Permission scope(String resource, String value) {
        return new Permission(resource, PermissionType.Delegated, value);
    }
}
