package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.truth.Facts.Demand;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration;
import dev.tenantops.onboarding.sandbox.microsoft.directory.ApplicationRegistration.RequestedPermission;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the catalog of {@link World} asks for, and what its publisher registers. */
final class WorldCatalog {

    static final String NAME = "catalog";
    static final String VERIFIER = "bbbbbbbb-0000-4000-8000-000000000001";
    static final String GRAPH = "MicrosoftGraph";

    private static final String PUBLISHER = "3c1f6d0e-0000-4000-8000-00000000ffff";
    private static final String COMMUNICATION = "AzureCommunicationServices";
    private static final String EXCHANGE = "ExchangeOnline";
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

    private static final Set<String> WAIVABLE =
            Set.of("Group.Read.All", "Teams.ManageCalls", "EWS.AccessAsUser.All", "Contacts.ReadWrite");

    private static final Map<String, Integer> ASKED_AT_FIRST =
            Map.of("roles", 2, "mixed", 2, "exchange", 1, "graph", 1);
    private static final Map<String, Set<String>> PLANS =
            Map.of("basic", Set.of("roles", "mixed"), "full", Set.of("roles", "mixed", "exchange", "graph"));

    private WorldCatalog() {}

    static Set<String> applicationNames() {
        return new TreeSet<>(PERMISSIONS.keySet());
    }

    /** The APIs that a tenant can lack. */
    static List<String> resourceNames() {
        return List.of(COMMUNICATION, EXCHANGE);
    }

    static Set<String> allResources() {
        return Set.of(GRAPH, COMMUNICATION, EXCHANGE);
    }

    /** The applications that a plan brings. */
    static Set<String> licensed(String plan) {
        return PLANS.get(plan);
    }

    /** One of those that the catalog may ask for on behalf of the application. */
    static Permission permission(String name, int number) {
        var all = PERMISSIONS.get(name);
        return all.get(number % all.size());
    }

    static Map<String, Demand> atFirst() {
        var demands = new LinkedHashMap<String, Demand>();
        PERMISSIONS.forEach((name, permissions) -> {
            var first = Set.copyOf(permissions.subList(0, ASKED_AT_FIRST.get(name)));
            demands.put(name, new Demand(first, first));
        });
        return demands;
    }

    /** The catalog that asks for this, with what its publisher's tenant shows of the registrations. */
    static ApplicationCatalog of(Map<String, Demand> demands, Terms terms, Set<String> deletedRegistrations) {
        var catalog = of(demands, terms);
        catalog.setStatus(new ApplicationCatalogStatus(
                1,
                1,
                PUBLISHER,
                applicationNames().stream()
                        .map(it -> new RegistrationStatus(
                                it,
                                clientId(it),
                                deletedRegistrations.contains(it)
                                        ? RegistrationState.Deleted
                                        : RegistrationState.Registered,
                                null,
                                null,
                                null))
                        .toList(),
                List.of()));
        return catalog;
    }

    private static ApplicationCatalog of(Map<String, Demand> demands, Terms terms) {
        var yaml = new StringBuilder("""
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: ApplicationCatalog
                metadata: {name: catalog, generation: 1}
                spec:
                  publisher: Publisher
                  cloud: Custom
                  allowedNamespaces: {from: All}
                  verifier: {clientId: %s, credentialsRef: {name: verifier}, homeTenantId: %s}
                  plans:
                """.formatted(VERIFIER, PUBLISHER));
        PLANS.forEach((name, brings) -> yaml.append(
                "  - {name: %s, applications: [%s]}\n".formatted(name, String.join(", ", new TreeSet<>(brings)))));
        yaml.append("  applications:\n");
        applicationNames().forEach(name -> {
            yaml.append("  - name: %s\n    clientId: %s\n    permissions:\n".formatted(name, clientId(name)));
            var byResource = demands.get(name).required().stream().collect(Collectors.groupingBy(Permission::resource));
            byResource.forEach((resource, permissions) -> yaml.append(
                    "    - {resource: %s, application: [%s], delegated: [%s], retirements: [%s], waivable: [%s]}\n"
                            .formatted(
                                    resource,
                                    values(permissions, PermissionType.Application),
                                    values(permissions, PermissionType.Delegated),
                                    retirements(permissions, terms.retirements().getOrDefault(name, Map.of())),
                                    permissions.stream()
                                            .filter(WorldCatalog::isWaivable)
                                            .map(it -> "{type: %s, value: %s}".formatted(it.type(), it.value()))
                                            .sorted()
                                            .collect(Collectors.joining(", ")))));
            // A scope that no directory has to show.
            yaml.append("    - {resource: MicrosoftGraph, delegated: [openid]}\n");
            if (terms.prerequisites().contains(name)) {
                yaml.append("    prerequisites: [{name: %s, description: It is allowed, required: true}]\n"
                        .formatted(Terms.PREREQUISITE));
            }
        });
        return YAML.unmarshal(yaml.toString(), ApplicationCatalog.class);
    }

    private static String retirements(List<Permission> permissions, Map<Permission, Instant> ends) {
        return permissions.stream()
                .filter(ends::containsKey)
                .map(it -> "{type: %s, value: %s, date: \"%s\"}"
                        .formatted(
                                it.type(), it.value(), ends.get(it).toString().substring(0, 10)))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** What the catalog lets a customer do without. */
    static boolean isWaivable(Permission permission) {
        return WAIVABLE.contains(permission.value());
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

    static ApplicationRegistration registration(String name, Set<Permission> permissions) {
        var registered = new ArrayList<>(requested(permissions));
        registered.add(new RequestedPermission(GRAPH, PermissionType.Delegated, "openid"));
        return new ApplicationRegistration(clientId(name), name, PUBLISHER, registered, List.of(), Set.of());
    }

    /** Another application that looks like this one, with all that the catalog may ever ask for. */
    static ApplicationRegistration lookAlike(String name) {
        return new ApplicationRegistration(
                "cccccccc" + clientId(name).substring(8),
                name,
                PUBLISHER,
                requested(new HashSet<>(PERMISSIONS.get(name))),
                List.of(),
                Set.of());
    }

    static ApplicationRegistration verifier(String secret) {
        return new ApplicationRegistration(
                VERIFIER,
                "Verifier",
                PUBLISHER,
                requested(Set.of(role("Directory.Read.All"), role("Application.Read.All"))),
                List.of(),
                Set.of(secret));
    }

    private static List<RequestedPermission> requested(Set<Permission> permissions) {
        return permissions.stream()
                .sorted()
                .map(it -> new RequestedPermission(it.resource(), it.type(), it.value()))
                .toList();
    }

    private static Permission role(String value) {
        return new Permission(GRAPH, PermissionType.Application, value);
    }

    private static Permission scope(String resource, String value) {
        return new Permission(resource, PermissionType.Delegated, value);
    }
}
