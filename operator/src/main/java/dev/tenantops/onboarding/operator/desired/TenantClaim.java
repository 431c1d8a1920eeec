package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import java.util.Locale;
import java.util.Optional;

/**
 * To verify a tenant with a verifier. However many onboardings ask for it, one may: what a tenant grants is shown in one
 * place, and no two have the waits that Microsoft Graph demands of the other.
 *
 * @param cloud where the tenant lives
 * @param tenantId in lower case
 * @param clientId of the verifier, in lower case
 */
public record TenantClaim(CloudEndpoints cloud, String tenantId, String clientId) {

    public TenantClaim {
        tenantId = tenantId.toLowerCase(Locale.ROOT);
        clientId = clientId.toLowerCase(Locale.ROOT);
    }

    /** What a licence of a catalog claims; nothing where no tenant can be read for it. */
    public static Optional<TenantClaim> of(String tenantId, ApplicationCatalogSpec catalog, Clouds clouds) {
        return tenantId.isBlank() || CatalogMistakes.unusable(catalog).isPresent()
                ? Optional.empty()
                : clouds.endpoints(CloudName.of(catalog))
                        .map(it ->
                                new TenantClaim(it, tenantId, catalog.verifier().clientId()));
    }
}
