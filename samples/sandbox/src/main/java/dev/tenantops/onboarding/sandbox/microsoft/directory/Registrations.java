package dev.tenantops.onboarding.sandbox.microsoft.directory;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The applications that publishers registered. Thread-safe. */
public final class Registrations {

    private final Map<String, ApplicationRegistration> byClientId = new ConcurrentHashMap<>();

    void put(ApplicationRegistration registration) {
        byClientId.put(registration.clientId(), registration);
    }

    void remove(String clientId) {
        byClientId.remove(require(clientId).clientId());
    }

    void rotateSecret(String clientId, String newSecret) {
        byClientId.computeIfPresent(
                require(clientId).clientId(), (id, held) -> held.withSecrets(Set.of(newSecret), held.expiredSecrets()));
    }

    void expireSecrets(String clientId) {
        byClientId.computeIfPresent(require(clientId).clientId(), (id, held) -> {
            Set<String> expired = new HashSet<>(held.expiredSecrets());
            expired.addAll(held.secrets());
            return held.withSecrets(Set.of(), expired);
        });
    }

    public Optional<ApplicationRegistration> find(String clientId) {
        return Optional.ofNullable(byClientId.get(clientId.toLowerCase(Locale.ROOT)));
    }

    ApplicationRegistration require(String clientId) {
        return find(clientId)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No application " + clientId + " is registered; register it or its catalog first"));
    }

    public Collection<ApplicationRegistration> all() {
        return byClientId.values();
    }
}
