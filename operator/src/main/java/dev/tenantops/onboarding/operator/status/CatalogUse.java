package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.VerifierStatus;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the onboardings that name a catalog make of it: all that a catalog's status takes from them.
 *
 * @param onboardings how many there are
 * @param unknownPermission an application that asks for a permission which its API does not know
 * @param refused why some tenant's check could not sign in, wherever that was last tried
 */
public record CatalogUse(int onboardings, Optional<UnknownPermission> unknownPermission, Optional<Reason> refused) {

    /** No onboarding names it. */
    public static final CatalogUse NONE = new CatalogUse(0, Optional.empty(), Optional.empty());

    /** The application's name in the catalog, and what was said of it. */
    public record UnknownPermission(String application, String message) {}

    /** @param onboardings the statuses of the onboardings that name the catalog */
    public static CatalogUse of(String catalog, Collection<TenantOnboardingStatus> onboardings) {
        return new CatalogUse(
                onboardings.size(),
                onboardings.stream()
                        .flatMap(it -> it.applications().stream())
                        .filter(it -> it.catalog().equals(catalog) && it.state() == ApplicationState.UnknownPermission)
                        .findFirst()
                        .map(it -> new UnknownPermission(it.name(), it.message())),
                worst(onboardings.stream()
                        .flatMap(it -> it.verifiers().stream())
                        .filter(it -> it.catalog().equals(catalog))
                        .map(VerifierStatus::state)
                        .toList()));
    }

    /** Together with what other onboardings make of it. */
    public CatalogUse and(CatalogUse others) {
        return new CatalogUse(
                onboardings + others.onboardings,
                unknownPermission.or(others::unknownPermission),
                worst(Stream.of(refused, others.refused)
                        .flatMap(Optional::stream)
                        .map(Reason::name)
                        .toList()));
    }

    private static Optional<Reason> worst(Collection<String> states) {
        return Stream.of(Reason.CredentialsExpired, Reason.CredentialsInvalid)
                .filter(it -> states.contains(it.name()))
                .findFirst();
    }
}
