package dev.tenantops.onboarding.operator.observe;

import dev.tenantops.onboarding.api.ApiGroup;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.LocalSecretReference;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** Takes a verifier's credential out of its Secret. */
public final class VerifierSecrets {

    public static final String CLIENT_SECRET = "clientSecret";
    public static final String CERTIFICATE = "tls.crt";
    public static final String PRIVATE_KEY = "tls.key";

    private final Function<String, Optional<Secret>> secrets;
    private final Function<Secret, Optional<Instant>> changed;
    private final Optional<String> federatedTokenFile;

    /**
     * @param secrets finds a labelled Secret of the operator's namespace by name
     * @param changed since when one of them holds its credential, where that is known
     * @param federatedTokenFile the file with the operator's projected service-account token
     */
    public VerifierSecrets(
            Function<String, Optional<Secret>> secrets,
            Function<Secret, Optional<Instant>> changed,
            Optional<String> federatedTokenFile) {
        this.secrets = secrets;
        this.changed = changed;
        this.federatedTokenFile = federatedTokenFile;
    }

    /** The same for credentials that have been there for long. */
    public VerifierSecrets(Function<String, Optional<Secret>> secrets, Optional<String> federatedTokenFile) {
        this(secrets, _ -> Optional.empty(), federatedTokenFile);
    }

    /** The verifier of a catalog with its credential, or why there is none. */
    public Reading<Verifier> verifier(ApplicationCatalogSpec.Verifier spec) {
        var reference = Optional.ofNullable(spec.credentialsRef()).map(LocalSecretReference::name);
        if (reference.isEmpty()) {
            return Reading.of(new Verifier(spec.clientId(), new Credential.FederatedToken(federatedTokenFile)));
        }
        return secrets.apply(reference.get())
                .map(secret -> credential(secret)
                        .map(it -> Reading.of(new Verifier(spec.clientId(), it, changed.apply(secret))))
                        .orElseGet(() -> invalid("The Secret " + reference.get() + " has neither " + CLIENT_SECRET
                                + " nor both " + CERTIFICATE + " and " + PRIVATE_KEY + ".")))
                .orElseGet(() -> invalid("The operator's namespace has no Secret " + reference.get()
                        + " with the label " + ApiGroup.VERIFIER_LABEL + "=true."));
    }

    private static Optional<Credential> credential(Secret secret) {
        var version = secret.getMetadata().getUid() + "/" + secret.getMetadata().getResourceVersion();
        var certificate = value(secret, CERTIFICATE);
        var privateKey = value(secret, PRIVATE_KEY);
        if (certificate.isPresent() && privateKey.isPresent()) {
            return Optional.of(new Credential.Certificate(version, certificate.get(), privateKey.get()));
        }
        // A trailing line break is what an editor adds, never part of a client secret.
        return value(secret, CLIENT_SECRET)
                .map(String::strip)
                .filter(it -> !it.isEmpty())
                .map(it -> new Credential.ClientSecret(version, it));
    }

    /** A value of a Secret as text. */
    public static Optional<String> value(Secret secret, String key) {
        return Optional.ofNullable(secret.getData())
                .map(it -> it.get(key))
                .map(it -> new String(Base64.getDecoder().decode(it), StandardCharsets.UTF_8));
    }

    private static Reading<Verifier> invalid(String message) {
        return Reading.failed(Failure.of(
                Reason.CredentialsInvalid,
                message,
                "Create or correct the Secret that spec.verifier.credentialsRef names."));
    }
}
