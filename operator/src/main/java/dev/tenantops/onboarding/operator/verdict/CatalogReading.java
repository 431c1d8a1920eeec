package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import java.util.Map;
import java.util.Optional;

/**
 * What the verifier of one catalog read.
 *
 * @param first all of it
 * @param again by client id, what was read right after of that which the first reading takes back
 * @param fingerprint tells the first, where that was enough
 */
public record CatalogReading(
        TenantObservation first, Map<String, TenantObservation> again, Optional<Fingerprint> fingerprint) {

    public CatalogReading {
        again = Map.copyOf(again);
    }

    /** A reading that was enough. */
    public static CatalogReading once(TenantObservation first, Optional<Fingerprint> fingerprint) {
        return new CatalogReading(first, Map.of(), fingerprint);
    }

    /** What says most about an application. */
    TenantObservation last(String clientId) {
        return again.getOrDefault(clientId, first);
    }
}
