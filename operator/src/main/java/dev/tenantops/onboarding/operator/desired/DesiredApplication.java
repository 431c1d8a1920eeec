package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec.Action;
import java.util.List;
import java.util.Optional;

/**
 * An application that a tenant needs.
 *
 * @param catalog the catalog that lists it
 * @param name its name there
 * @param displayName for people
 * @param clientId its appId in lower case; empty for an action without an application of its own
 * @param optional true when readiness does not wait for it
 * @param action what is to be done instead of an admin consent
 * @param permissions what it asks for
 */
public record DesiredApplication(
        String catalog,
        String name,
        String displayName,
        Optional<String> clientId,
        boolean optional,
        Optional<Action> action,
        List<DesiredPermission> permissions) {

    public DesiredApplication {
        permissions = List.copyOf(permissions);
    }

    /** Whether the directory can show if it was consented to. */
    public boolean verifiable() {
        return clientId.isPresent() && action.isEmpty();
    }
}
