package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.truth.Facts.ApplicationFacts;
import dev.tenantops.onboarding.operator.truth.Facts.Block;
import dev.tenantops.onboarding.operator.truth.Facts.Presence;
import dev.tenantops.onboarding.sandbox.microsoft.directory.SimulatedDirectory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the tenant of {@link World} does with its applications and APIs, and beside it what is true of them then. */
final class WorldTenant {

    static final String ID = "3c1f6d0e-0000-4000-8000-000000000001";

    private static final Permission SURPLUS = new Permission(WorldCatalog.GRAPH, PermissionType.Delegated, "Mail.Send");

    private final SimulatedDirectory directory;
    private final Map<String, ApplicationFacts> applications = new HashMap<>();
    private final Set<String> resources = new HashSet<>(WorldCatalog.allResources());
    private final Set<String> disabledResources = new HashSet<>();

    WorldTenant(SimulatedDirectory directory) {
        this.directory = directory;
        directory.createTenant(ID, "Contoso");
        WorldCatalog.applicationNames().forEach(it -> applications.put(it, ApplicationFacts.ABSENT));
    }

    Map<String, ApplicationFacts> applications() {
        return applications;
    }

    Set<String> resources() {
        return resources;
    }

    Set<String> disabledResources() {
        return disabledResources;
    }

    void consent(String name, Set<Permission> registered) {
        if (applications.get(name).enabled()) {
            directory.consent(ID, WorldCatalog.clientId(name));
            var granted = new HashSet<>(registered);
            granted.removeIf(it -> !resources.contains(it.resource()));
            application(name, anew(name).holding(granted));
        }
    }

    void userConsent(String name, Set<Permission> registered) {
        if (!applications.get(name).enabled()) {
            return;
        }
        var scopes = registered.stream()
                .filter(it -> it.type() == PermissionType.Delegated && resources.contains(it.resource()))
                .collect(Collectors.toSet());
        if (!scopes.isEmpty()) {
            scopes.forEach(
                    it -> directory.consentAsUser(ID, WorldCatalog.clientId(name), "ada", it.resource(), it.value()));
            application(name, anew(name).plusUsers(scopes));
        }
    }

    /** A deleted application that is consented to again gets a new service principal. */
    private ApplicationFacts anew(String name) {
        var application = applications.get(name);
        return application.live() ? application : ApplicationFacts.ABSENT;
    }

    void revoke(String name, int number) {
        var permission = WorldCatalog.permission(name, number);
        if (applications.get(name).live() && resources.contains(permission.resource())) {
            directory.revoke(
                    ID, WorldCatalog.clientId(name), permission.resource(), permission.type(), permission.value());
            var held = new HashSet<>(applications.get(name).held());
            held.remove(permission);
            application(name, applications.get(name).holding(held));
        }
    }

    void revokeAll(String name) {
        if (applications.get(name).live()) {
            directory.revokeConsent(ID, WorldCatalog.clientId(name));
            application(name, applications.get(name).without(it -> true));
        }
    }

    void grantSurplus(String name) {
        if (applications.get(name).live()) {
            directory.grant(ID, WorldCatalog.clientId(name), SURPLUS.resource(), SURPLUS.type(), SURPLUS.value());
            application(name, applications.get(name).plus(SURPLUS));
        }
    }

    void assignWithoutRole(String name) {
        if (applications.get(name).live()) {
            directory.assignWithoutRole(ID, WorldCatalog.clientId(name), WorldCatalog.GRAPH);
        }
    }

    void lookAlike(String name) {
        var other = WorldCatalog.lookAlike(name);
        directory.register(other);
        directory.consent(ID, other.clientId());
    }

    void disable(String name, int how) {
        if (applications.get(name).live()) {
            var clientId = WorldCatalog.clientId(name);
            var block = switch (how % 3) {
                case 0 -> {
                    directory.setEnabled(ID, clientId, false);
                    yield Block.Administrator;
                }
                case 1 -> {
                    directory.deactivate(ID, clientId);
                    yield Block.Publisher;
                }
                default -> {
                    directory.disableByMicrosoft(ID, clientId);
                    yield Block.Microsoft;
                }
            };
            application(name, applications.get(name).blockedBy(block));
        }
    }

    void enable(String name) {
        if (applications.get(name).live()) {
            directory.setEnabled(ID, WorldCatalog.clientId(name), true);
            application(name, applications.get(name).blockedBy(Block.None));
        }
    }

    void delete(String name) {
        if (applications.get(name).live()) {
            directory.delete(ID, WorldCatalog.clientId(name));
            application(name, applications.get(name).with(Presence.Deleted));
        }
    }

    void restore(String name) {
        if (applications.get(name).presence() == Presence.Deleted) {
            directory.restore(ID, WorldCatalog.clientId(name));
            application(name, applications.get(name).with(Presence.Live));
        }
    }

    void purge(String name) {
        if (applications.get(name).presence() != Presence.Absent) {
            directory.purge(ID, WorldCatalog.clientId(name));
            application(name, ApplicationFacts.ABSENT);
        }
    }

    void removeResource(String resource) {
        if (resources.remove(resource)) {
            directory.removeResource(ID, resource);
            disabledResources.remove(resource);
            Predicate<Permission> onIt = it -> it.resource().equals(resource);
            applications.replaceAll((_, it) -> it.without(onIt));
        }
    }

    void provisionResource(String resource) {
        if (resources.add(resource)) {
            directory.provisionResource(ID, resource);
        }
    }

    void setResource(String resource, boolean enabled) {
        if (resources.contains(resource)) {
            directory.setEnabled(ID, resource, enabled);
            if (enabled) {
                disabledResources.remove(resource);
            } else {
                disabledResources.add(resource);
            }
        }
    }

    private void application(String name, ApplicationFacts facts) {
        applications.put(name, facts);
    }
}
