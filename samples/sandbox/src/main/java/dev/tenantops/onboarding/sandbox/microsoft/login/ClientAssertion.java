package dev.tenantops.onboarding.sandbox.microsoft.login;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A signed JWT that a client presents in place of a secret. Sources: https://www.rfc-editor.org/rfc/rfc7523 and
 * https://learn.microsoft.com/entra/identity-platform/certificate-credentials
 */
final class ClientAssertion {

    private final JsonNode header;
    private final JsonNode claims;
    private final byte[] signedText;
    private final byte[] signature;

    private ClientAssertion(JsonNode header, JsonNode claims, byte[] signedText, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signedText = signedText;
        this.signature = signature;
    }

    /** @return empty for what is not a JWT */
    static Optional<ClientAssertion> parse(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode header = Json.MAPPER.readTree(decode(parts[0]));
            JsonNode claims = Json.MAPPER.readTree(decode(parts[1]));
            byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
            return header.isObject() && claims.isObject()
                    ? Optional.of(new ClientAssertion(header, claims, signed, decode(parts[2])))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String issuer() {
        return claims.path("iss").asText();
    }

    String subject() {
        return claims.path("sub").asText();
    }

    List<String> audiences() {
        JsonNode audience = claims.path("aud");
        List<String> all = new ArrayList<>();
        if (audience.isArray()) {
            audience.forEach(entry -> all.add(entry.asText()));
        } else {
            all.add(audience.asText());
        }
        return all;
    }

    Optional<Instant> expires() {
        return time("exp");
    }

    Optional<Instant> notBefore() {
        return time("nbf");
    }

    /** How the client names its key, for messages. */
    String thumbprint() {
        return header.path("x5t#S256").asText(header.path("x5t").asText());
    }

    /**
     * Thumbprints are base64url without padding (https://www.rfc-editor.org/rfc/rfc7515#section-4.1.7), but msal4j
     * sends plain base64, and Entra ID takes it.
     */
    boolean names(X509Certificate certificate) {
        return thumbprint("x5t#S256").equals(thumbprint(certificate, "SHA-256"))
                || thumbprint("x5t").equals(thumbprint(certificate, "SHA-1"));
    }

    private String thumbprint(String member) {
        return header.path(member).asText().replace('+', '-').replace('/', '_').replace("=", "");
    }

    boolean isSignedBy(PublicKey key) {
        try {
            Optional<Signature> verifier = verifier();
            if (verifier.isEmpty()) {
                return false;
            }
            verifier.get().initVerify(key);
            verifier.get().update(signedText);
            return verifier.get().verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private Optional<Signature> verifier() throws GeneralSecurityException {
        return switch (header.path("alg").asText()) {
            case "RS256" -> Optional.of(Signature.getInstance("SHA256withRSA"));
            case "ES256" -> Optional.of(Signature.getInstance("SHA256withECDSAinP1363Format"));
            case "PS256" -> {
                Signature pss = Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                yield Optional.of(pss);
            }
            default -> Optional.empty();
        };
    }

    private Optional<Instant> time(String claim) {
        return claims.path(claim).isNumber()
                ? Optional.of(Instant.ofEpochSecond(claims.path(claim).asLong()))
                : Optional.empty();
    }

    private static String thumbprint(X509Certificate certificate, String algorithm) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("A registered certificate cannot be encoded", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java runtime has " + algorithm, e);
        }
    }

    private static byte[] decode(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
