package dev.tenantops.onboarding.sandbox.microsoft.directory;

import java.security.PublicKey;
import java.util.List;
import java.util.Objects;

/**
 * A foreign identity that an application trusts instead of a secret, such as a Kubernetes service account.
 *
 * @param issuer the {@code iss} of its tokens
 * @param subject the {@code sub} of its tokens
 * @param audience the {@code aud} of its tokens
 * @param issuerKeys the RSA keys that the issuer publishes. Entra ID fetches them; an issuer on a workstation cannot be
 *     fetched from, so they are given here. Without any, signatures are not checked.
 */
public record FederatedCredential(String issuer, String subject, String audience, List<PublicKey> issuerKeys) {

    /** The audience to use. Source: https://learn.microsoft.com/graph/api/resources/federatedidentitycredential */
    public static final String AUDIENCE = "api://AzureADTokenExchange";

    public FederatedCredential {
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(subject, "subject");
        audience = audience == null ? AUDIENCE : audience;
        issuerKeys = issuerKeys == null ? List.of() : List.copyOf(issuerKeys);
    }
}
