package dev.tenantops.onboarding.operator.observe;

import io.fabric8.kubernetes.api.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

/** When a verifier's credential ends, where its Secret tells: by its certificate, or by a key {@code expiresAt}. */
public final class CredentialExpiry {

    private static final String EXPIRES_AT = "expiresAt";

    private CredentialExpiry() {}

    /** The earlier of both. */
    public static Optional<Instant> of(Secret secret) {
        return Stream.of(
                        VerifierSecrets.value(secret, EXPIRES_AT).flatMap(CredentialExpiry::time),
                        VerifierSecrets.value(secret, VerifierSecrets.CERTIFICATE)
                                .flatMap(CredentialExpiry::notAfter))
                .flatMap(Optional::stream)
                .min(Instant::compareTo);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text.strip()));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> notAfter(String pem) {
        try (var in = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8))) {
            var certificate =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return Optional.of(certificate.getNotAfter().toInstant());
        } catch (CertificateException | IOException e) {
            return Optional.empty();
        }
    }
}
