package dev.tenantops.onboarding.operator.observe;

import java.util.Optional;
import java.util.function.Supplier;

/** What became of a reading of a tenant. */
public sealed interface TenantReading {

    /** What was read. */
    TenantObservation observation();

    /** Tells another reading that gives an equal observation, but for its time; empty where none could be told. */
    Optional<Fingerprint> fingerprint();

    /**
     * Something was read, or could not be.
     *
     * @param fingerprint where the observation was made of nothing but answers that came at once
     */
    record Fresh(TenantObservation observation, Optional<Fingerprint> fingerprint) implements TenantReading {}

    /**
     * The tenant answered as in an earlier reading.
     *
     * @param known that one's fingerprint
     * @param later makes the observation of the answers, for whoever needs it all the same
     */
    record Unchanged(Fingerprint known, Supplier<TenantObservation> later) implements TenantReading {

        @Override
        public TenantObservation observation() {
            return later.get();
        }

        @Override
        public Optional<Fingerprint> fingerprint() {
            return Optional.of(known);
        }
    }
}
