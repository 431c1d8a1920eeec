package dev.tenantops.onboarding.operator.observe;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When the credential in a verifier's Secret last changed. Its resource version changes with every label, so it says
 * nothing of that. Source of what managed fields tell:
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
 */
public final class CredentialChange {

    private static final List<String> KEYS =
            List.of(VerifierSecrets.CLIENT_SECRET, VerifierSecrets.CERTIFICATE, VerifierSecrets.PRIVATE_KEY);

    private CredentialChange() {}

    /** Whether two versions of a Secret hold the same credential. */
    public static boolean same(Secret one, Secret other) {
        return KEYS.stream()
                .allMatch(it -> Objects.equals(data(one).get(it), data(other).get(it)));
    }

    /**
     * When whoever owns the credential last wrote it, as the API server tells: no earlier than its last change. Where that
     * is not told, when the Secret was created.
     */
    public static Optional<Instant> lastWritten(Secret secret) {
        return Optional.ofNullable(secret.getMetadata().getManagedFields()).orElse(List.of()).stream()
                .filter(CredentialChange::ownsCredential)
                .flatMap(it -> time(it.getTime()).stream())
                .max(Instant::compareTo)
                .or(() -> time(secret.getMetadata().getCreationTimestamp()));
    }

    private static boolean ownsCredential(ManagedFieldsEntry entry) {
        return Stream.ofNullable(entry.getFieldsV1())
                .map(FieldsV1::getAdditionalProperties)
                .filter(Objects::nonNull)
                .map(it -> it.get("f:data"))
                .filter(Map.class::isInstance)
                .anyMatch(it -> KEYS.stream().anyMatch(key -> ((Map<?, ?>) it).containsKey("f:" + key)));
    }

    private static Map<String, String> data(Secret secret) {
        return Objects.requireNonNullElse(secret.getData(), Map.of());
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.ofNullable(text).map(Instant::parse);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
