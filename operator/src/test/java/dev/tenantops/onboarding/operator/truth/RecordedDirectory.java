package dev.tenantops.onboarding.operator.truth;

import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantReading;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Counts what is really read, and lets it be read once more by somebody else, who knows no fingerprints. */
final class RecordedDirectory implements TenantDirectory {

    private final TenantDirectory directory;
    private final Map<String, Integer> readings = new HashMap<>();
    private final Deque<Supplier<TenantObservation>> recorded = new ArrayDeque<>();
    private int unchanged;

    RecordedDirectory(TenantDirectory directory) {
        this.directory = directory;
    }

    @Override
    public TenantObservation read(TenantQuery query) {
        return read(query, Optional.empty()).observation();
    }

    @Override
    public TenantReading read(TenantQuery query, Optional<Fingerprint> known) {
        query.applications().forEach(it -> readings.merge(it.clientId(), 1, Integer::sum));
        var reading = directory.read(query, known);
        recorded.add(reading::observation);
        if (reading instanceof TenantReading.Unchanged) {
            unchanged++;
        }
        return reading;
    }

    /** Forgets what was read so far, but for how much was the same. */
    void begin() {
        readings.clear();
        recorded.clear();
    }

    /** How often each application was read, by client id. */
    Map<String, Integer> readings() {
        return Map.copyOf(readings);
    }

    /** How many readings were told by their fingerprints. */
    int unchanged() {
        return unchanged;
    }

    /** Answers with what was read since the beginning, in the same order. */
    TenantDirectory again() {
        return _ -> recorded.remove().get();
    }
}
