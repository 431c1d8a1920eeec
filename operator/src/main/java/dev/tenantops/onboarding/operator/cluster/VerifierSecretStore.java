package dev.tenantops.onboarding.operator.cluster;

import dev.tenantops.onboarding.operator.observe.CredentialChange;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps the Secrets of verifiers, and since when each holds its credential. What was there already when the operator
 * started is as old as the API server says; of the rest it saw the change itself. No time lies ahead, so that none lasts
 * for ever.
 */
public final class VerifierSecretStore extends ManagedFieldsDroppingStore<Secret> {

    private final InstantSource clock;
    private final Map<String, Instant> changes = new ConcurrentHashMap<>();

    public VerifierSecretStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Secret put(String key, Secret item) {
        var previous = get(key);
        if (previous == null) {
            changes.put(key, notAhead(CredentialChange.lastWritten(item)));
        } else if (!CredentialChange.same(previous, item)) {
            changes.put(key, clock.instant());
        }
        return super.put(key, item);
    }

    @Override
    public Secret remove(String key) {
        changes.remove(key);
        return super.remove(key);
    }

    /** Since when a Secret holds its credential; empty for one that is not kept. */
    public Optional<Instant> changed(Secret secret) {
        return Optional.ofNullable(changes.get(getKey(secret)));
    }

    private Instant notAhead(Optional<Instant> time) {
        var now = clock.instant();
        return time.filter(it -> it.isBefore(now)).orElse(now);
    }
}
