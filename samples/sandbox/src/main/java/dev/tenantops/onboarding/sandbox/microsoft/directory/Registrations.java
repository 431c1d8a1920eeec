package dev.tenantops.onboarding.sandbox.microsoft.directory;

import java.time.Instant;
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
    private final Map<String, Deleted> deleted = new ConcurrentHashMap<>();
    private final Map<String, ServicePrincipal.Status> withdrawn = new ConcurrentHashMap<>();

    void put(ApplicationRegistration registration) {
        byClientId.put(registration.clientId(), registration);
    }

    void remove(String clientId) {
        byClientId.remove(require(clientId).clientId());
    }

    /** Moves it to the recycle bin of its publisher's tenant. */
    void delete(String clientId, Instant now) {
        ApplicationRegistration registration = require(clientId);
        deleted.put(registration.clientId(), new Deleted(registration, now));
        byClientId.remove(registration.clientId());
    }

    void restore(String clientId) {
        Deleted found = deleted.remove(clientId.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new IllegalArgumentException("Delete the registration " + clientId + " first");
        }
        byClientId.put(found.registration().clientId(), found.registration());
    }

    /** What is in the recycle bins, since a time. */
    public Collection<Deleted> deleted(Instant since) {
        return deleted.values().stream().filter(it -> !it.at().isBefore(since)).toList();
    }

    /** One that is in the recycle bin of its publisher's tenant. */
    public record Deleted(ApplicationRegistration registration, Instant at) {}

    /** From now on no tenant gets tokens for it, whatever its service principals are. */
    void withdraw(String clientId, ServicePrincipal.Status how) {
        withdrawn.put(require(clientId).clientId(), how);
    }

    void activate(String clientId) {
        withdrawn.remove(require(clientId).clientId());
    }

    /** How a registration was withdrawn from all tenants; enabled where it was not. */
    public ServicePrincipal.Status status(String clientId) {
        return withdrawn.getOrDefault(clientId.toLowerCase(Locale.ROOT), ServicePrincipal.Status.ENABLED);
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
