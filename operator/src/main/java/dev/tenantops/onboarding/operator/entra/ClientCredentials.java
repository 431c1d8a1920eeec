package dev.tenantops.onboarding.operator.entra;

import com.microsoft.aad.msal4j.ClientCredentialFactory;
import com.microsoft.aad.msal4j.IClientCredential;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** Makes msal4j's credentials, and finds what is wrong with one before Entra ID is asked. */
final class ClientCredentials {

    private static final String IN_SECRET = " in the Secret that spec.verifier.credentialsRef of the catalog names.";
    private static final String CHECK_VOLUME =
            "Check the volume of the operator's pod that AZURE_FEDERATED_TOKEN_FILE lies in.";

    private final Clock clock;

    ClientCredentials(Clock clock) {
        this.clock = clock;
    }

    Reading<IClientCredential> of(Credential credential) {
        return switch (credential) {
            case Credential.ClientSecret(String version, String value) ->
                value.isBlank()
                        ? invalid("The verifier's client secret is empty.", "Store its value" + IN_SECRET)
                        : Reading.of(ClientCredentialFactory.createFromSecret(value));
            case Credential.Certificate(String version, String certificate, String key) ->
                certificate(certificate, key);
            case Credential.FederatedToken(Optional<String> file) -> federated(file);
        };
    }

    private Reading<IClientCredential> certificate(String certificatePem, String keyPem) {
        List<X509Certificate> chain;
        try {
            chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificatePem.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            chain = List.of();
        }
        if (chain.isEmpty() || !(chain.getFirst().getPublicKey() instanceof RSAPublicKey publicKey)) {
            return invalid(
                    "The verifier's tls.crt is not a PEM certificate with an RSA key.", "Replace it" + IN_SECRET);
        }
        var key = RsaKeyPem.read(keyPem);
        if (key.isEmpty()) {
            return invalid(
                    "The verifier's tls.key is not an RSA key without a password, in PKCS#8 (BEGIN PRIVATE KEY) or PKCS#1"
                            + " (BEGIN RSA PRIVATE KEY).",
                    "Convert it with 'openssl pkcs8 -topk8 -nocrypt', and replace it" + IN_SECRET);
        }
        if (!key.get().getModulus().equals(publicKey.getModulus())) {
            return invalid(
                    "The verifier's tls.key does not belong to its tls.crt.", "Store a matching pair" + IN_SECRET);
        }
        var now = Date.from(clock.instant());
        if (now.after(chain.getFirst().getNotAfter())) {
            return Reading.failed(Failure.of(
                    Reason.CredentialsExpired,
                    "The verifier's certificate ended on "
                            + chain.getFirst().getNotAfter().toInstant() + ".",
                    "The vendor has to register a new one and store it" + IN_SECRET));
        }
        return Reading.of(ClientCredentialFactory.createFromCertificateChain(key.get(), chain));
    }

    private static Reading<IClientCredential> federated(Optional<String> file) {
        if (file.isEmpty()) {
            return invalid(
                    "The catalog's verifier has no credentialsRef, and the operator's pod has no federated"
                            + " service-account token (AZURE_FEDERATED_TOKEN_FILE).",
                    "Name a Secret in the catalog, or set up workload identity.");
        }
        try {
            var token = Files.readString(Path.of(file.get())).strip();
            return token.isEmpty()
                    ? invalid("The federated token file " + file.get() + " is empty.", CHECK_VOLUME)
                    : Reading.of(ClientCredentialFactory.createFromCallback(() -> token));
        } catch (IOException | IllegalArgumentException e) {
            return invalid("The federated token file " + file.get() + " cannot be read.", CHECK_VOLUME);
        }
    }

    private static Reading<IClientCredential> invalid(String message, String next) {
        return Reading.failed(Failure.of(Reason.CredentialsInvalid, message, next));
    }
}
