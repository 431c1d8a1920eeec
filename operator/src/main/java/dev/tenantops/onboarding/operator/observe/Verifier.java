package dev.tenantops.onboarding.operator.observe;

import java.time.Instant;
import java.util.Optional;

/**
 * The application that reads grants, and how it proves itself.
 *
 * @param clientId its appId
 * @param credential its credential
 * @param since since when the credential may be on its way to all of Entra ID: when it changed or, where that shows
 *     nowhere, when it was first refused; empty if it has been there for long
 */
public record Verifier(String clientId, Credential credential, Optional<Instant> since) {

    /** A verifier whose credential has been there for long. */
    public Verifier(String clientId, Credential credential) {
        this(clientId, credential, Optional.empty());
    }

    /** The same with a credential that may be on its way since a time. */
    public Verifier since(Instant time) {
        return new Verifier(clientId, credential, Optional.of(time));
    }

    /** Proof of the verifier's identity. No variant shows a secret in {@code toString}. */
    public sealed interface Credential {

        /** Changes whenever the credential does, so that nothing obtained with the old one is used on. */
        String version();

        /** A client secret. */
        record ClientSecret(String version, String value) implements Credential {
            @Override
            public String toString() {
                return "ClientSecret[version=" + version + "]";
            }
        }

        /** A certificate and its private key, both PEM; the key in PKCS#8 or PKCS#1. */
        record Certificate(String version, String certificatePem, String privateKeyPem) implements Credential {
            @Override
            public String toString() {
                return "Certificate[version=" + version + "]";
            }
        }

        /**
         * A federated service-account token.
         *
         * @param tokenFile the file with the token, read anew for every request since Kubernetes rotates it; absent
         *     when the operator's pod has none
         */
        record FederatedToken(Optional<String> tokenFile) implements Credential {
            @Override
            public String version() {
                return "federated";
            }
        }
    }
}
