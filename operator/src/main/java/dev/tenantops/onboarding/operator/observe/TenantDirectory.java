package dev.tenantops.onboarding.operator.observe;

/** Reads what the directory of one customer's tenant shows of some applications. It never writes to it. */
public interface TenantDirectory {

    /**
     * Reads the applications and resource APIs of the query. Blocks; safe for many threads at once.
     *
     * @return everything that could be read; a part that could not says why, and is never shown as empty
     */
    TenantObservation read(TenantQuery query);
}
