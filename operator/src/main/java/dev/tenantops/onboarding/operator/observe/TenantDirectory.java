package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import java.util.Optional;

/** Reads what the directory of one customer's tenant shows of some applications. It never writes to it. */
public interface TenantDirectory {

    /**
     * Reads the applications and resource APIs of the query. Blocks; safe for many threads at once.
     *
     * @return everything that could be read; a part that could not says why, and is never shown as empty
     */
    TenantObservation read(TenantQuery query);

    /**
     * The same, and it does not make an observation of answers that are known.
     *
     * @param known the fingerprint of an earlier reading for the same query; empty to have an observation made
     */
    default TenantReading read(TenantQuery query, Optional<Fingerprint> known) {
        return new TenantReading.Fresh(read(query), Optional.empty());
    }

    /**
     * Whether readings in a cloud show when a publisher deactivated an application, for all that is known so far. Asks
     * nobody.
     */
    default boolean showsDeactivation(CloudEndpoints cloud) {
        return true;
    }
}
