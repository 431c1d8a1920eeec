package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which applications of a catalog no customer can use, as the publisher's own tenant showed when it was last read to the
 * end. That stands until it shows otherwise: a tenant that cannot be read takes nothing back.
 *
 * @param homeTenantId the publisher's tenant, in lower case; empty where nothing is known of it
 * @param byClientId how each of them was taken from other tenants, by client id in lower case
 */
public record WithdrawnRegistrations(String homeTenantId, Map<String, ApplicationState> byClientId) {

    private static final WithdrawnRegistrations NONE = new WithdrawnRegistrations("", Map.of());

    public WithdrawnRegistrations {
        byClientId = Map.copyOf(byClientId);
    }

    /** What the status of a catalog says, as long as the spec names the tenant that it was read from. */
    public static WithdrawnRegistrations of(ApplicationCatalog catalog) {
        var home = catalog.getSpec().verifier().homeTenantId();
        var status = catalog.getStatus();
        if (home == null || status == null || !home.equalsIgnoreCase(status.homeTenantId())) {
            return NONE;
        }
        return of(home, status);
    }

    private static WithdrawnRegistrations of(String home, ApplicationCatalogStatus status) {
        var withdrawn = new HashMap<String, ApplicationState>();
        for (RegistrationStatus it : status.registrations()) {
            state(it.state()).ifPresent(state -> withdrawn.put(it.clientId().toLowerCase(Locale.ROOT), state));
        }
        return withdrawn.isEmpty() ? NONE : new WithdrawnRegistrations(home.toLowerCase(Locale.ROOT), withdrawn);
    }

    /** What a registration in a state means for the tenants of others. */
    public static Optional<ApplicationState> state(RegistrationState registration) {
        return switch (registration) {
            case Deleted -> Optional.of(ApplicationState.RegistrationDeleted);
            case SingleTenant -> Optional.of(ApplicationState.RegistrationSingleTenant);
            case Registered, NotFound -> Optional.empty();
        };
    }

    /** What a tenant needs of the catalog, with what it needs in vain. */
    DesiredCatalog in(DesiredCatalog catalog, String tenantId) {
        return byClientId.isEmpty()
                ? catalog
                : catalog.with(catalog.applications().stream()
                        .map(it -> it.withdrawn(it.clientId().flatMap(id -> in(id, tenantId))))
                        .toList());
    }

    /** The publisher's tenant itself can use what is closed to others. */
    private Optional<ApplicationState> in(String clientId, String tenantId) {
        return Optional.ofNullable(byClientId.get(clientId))
                .filter(it ->
                        it != ApplicationState.RegistrationSingleTenant || !homeTenantId.equalsIgnoreCase(tenantId));
    }
}
