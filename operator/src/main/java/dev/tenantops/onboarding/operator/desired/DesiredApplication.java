package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Action;
import dev.tenantops.onboarding.api.ApplicationState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An application that a tenant needs.
 *
 * @param catalog the catalog that lists it
 * @param name its name there
 * @param displayName for people
 * @param clientId its appId in lower case; empty for an action without an application of its own
 * @param optional true when readiness does not wait for it
 * @param action what is to be done beside an admin consent, or instead of one where it asks for no permissions
 * @param permissions what it asks for
 * @param prerequisites what it needs beside them
 * @param withdrawn how its publisher took it from all tenants, where the publisher's own tenant showed that; grants are
 *     worthless then
 */
public record DesiredApplication(
        String catalog,
        String name,
        String displayName,
        Optional<String> clientId,
        boolean optional,
        Optional<Action> action,
        List<DesiredPermission> permissions,
        List<DesiredPrerequisite> prerequisites,
        Optional<ApplicationState> withdrawn) {

    public DesiredApplication {
        permissions = List.copyOf(permissions);
        prerequisites = List.copyOf(prerequisites);
    }

    DesiredApplication with(List<DesiredPermission> otherPermissions, List<DesiredPrerequisite> otherPrerequisites) {
        return new DesiredApplication(
                catalog,
                name,
                displayName,
                clientId,
                optional,
                action,
                otherPermissions,
                otherPrerequisites,
                withdrawn);
    }

    DesiredApplication withdrawn(Optional<ApplicationState> how) {
        return new DesiredApplication(
                catalog, name, displayName, clientId, optional, action, permissions, prerequisites, how);
    }

    /** Whether the directory can show if it was consented to. */
    public boolean verifiable() {
        return clientId.isPresent()
                && (action.isEmpty() || permissions.stream().anyMatch(DesiredPermission::verifiable));
    }

    /** What it needs of what the directory can show. */
    public Stream<DesiredPermission> needed() {
        return permissions.stream().filter(it -> it.required() && it.verifiable());
    }

    /** Whether it cannot work any more, whatever the tenant has granted. */
    public boolean isRetired(Instant now) {
        return verifiable() && needed().anyMatch(it -> it.isRetired(now));
    }
}
