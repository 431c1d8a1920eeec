package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * As much of a TenantOnboarding as the callback needs.
 *
 * @param consentReturned when the callback was last recorded on it
 */
public record KnownOnboarding(
        String uid, String namespace, String name, String tenantId, Optional<Instant> consentReturned) {

    public static KnownOnboarding of(TenantOnboarding onboarding) {
        var metadata = onboarding.getMetadata();
        Map<String, String> annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
        return new KnownOnboarding(
                metadata.getUid(),
                metadata.getNamespace(),
                metadata.getName(),
                onboarding.getSpec().tenantId(),
                Optional.ofNullable(annotations.get(TenantOnboarding.CONSENT_RETURNED))
                        .flatMap(KnownOnboarding::instant));
    }

    // Anybody with write access may have put anything there.
    private static Optional<Instant> instant(String consentReturned) {
        try {
            return Optional.of(Instant.parse(consentReturned.substring(consentReturned.lastIndexOf('/') + 1)));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }
}
