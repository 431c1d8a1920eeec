package dev.tenantops.onboarding.sandbox.microsoft.directory;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** The applications that publishers registered, and how they were a while ago. Thread-safe. */
public final class Registrations {

    /** A replica that is behind further knows what was then. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    /** By client id, the last one last. */
    private final Map<String, List<Version>> byClientId = new ConcurrentHashMap<>();

    private final Map<String, Deleted> deleted = new ConcurrentHashMap<>();
    private final Map<String, ServicePrincipal.Status> withdrawn = new ConcurrentHashMap<>();

    private record Version(Instant since, ApplicationRegistration registration) {}

    void put(ApplicationRegistration registration, Instant now) {
        byClientId.compute(registration.clientId(), (id, held) -> with(held, registration, now));
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

    void restore(String clientId, Instant now) {
        Deleted found = deleted.remove(clientId.toLowerCase(Locale.ROOT));
        if (found == null) {
            throw new IllegalArgumentException("Delete the registration " + clientId + " first");
        }
        put(found.registration(), now);
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

    void rotateSecret(String clientId, String newSecret, Instant now) {
        change(clientId, held -> held.withSecrets(Set.of(newSecret), held.expiredSecrets()), now);
    }

    void expireSecrets(String clientId, Instant now) {
        change(
                clientId,
                held -> {
                    Set<String> expired = new HashSet<>(held.expiredSecrets());
                    expired.addAll(held.secrets());
                    return held.withSecrets(Set.of(), expired);
                },
                now);
    }

    public Optional<ApplicationRegistration> find(String clientId) {
        return Optional.ofNullable(byClientId.get(clientId.toLowerCase(Locale.ROOT)))
                .map(versions -> versions.getLast().registration());
    }

    /** As a replica has it that is behind; of the time before it was registered it has what came first. */
    public Optional<ApplicationRegistration> find(String clientId, Instant asOf) {
        return Optional.ofNullable(byClientId.get(clientId.toLowerCase(Locale.ROOT)))
                .map(versions -> versions.reversed().stream()
                        .filter(version -> !version.since().isAfter(asOf))
                        .findFirst()
                        .orElse(versions.getFirst())
                        .registration());
    }

    ApplicationRegistration require(String clientId) {
        return find(clientId)
                .orElseThrow(() -> new IllegalArgumentException(
                        "No application " + clientId + " is registered; register it or its catalog first"));
    }

    public Collection<ApplicationRegistration> all() {
        return byClientId.values().stream()
                .map(versions -> versions.getLast().registration())
                .toList();
    }

    private void change(String clientId, UnaryOperator<ApplicationRegistration> change, Instant now) {
        byClientId.computeIfPresent(
                require(clientId).clientId(),
                (id, held) -> with(held, change.apply(held.getLast().registration()), now));
    }

    private static List<Version> with(List<Version> held, ApplicationRegistration registration, Instant now) {
        List<Version> versions = new ArrayList<>(held == null ? List.of() : held);
        while (versions.size() > 1 && versions.get(1).since().isBefore(now.minus(REMEMBERED))) {
            versions.removeFirst();
        }
        versions.add(new Version(now, registration));
        return List.copyOf(versions);
    }
}
