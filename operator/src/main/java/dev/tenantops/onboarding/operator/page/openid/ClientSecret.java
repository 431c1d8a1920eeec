package dev.tenantops.onboarding.operator.page.openid;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The client's secret, and the keys of our own cookies that are made of it: every replica has to read what another one has
 * written, and none needs a further Secret for it. With a new secret all cookies are void.
 */
final class ClientSecret {

    private static final String ALGORITHM = "HmacSHA256";

    private final String value;

    ClientSecret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("The file with the client's secret is empty");
        }
        this.value = value.strip();
    }

    String value() {
        return value;
    }

    /** A secret of its own for one purpose, from which nobody gets back to this one. */
    String derived(String purpose) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no " + ALGORITHM, e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientSecret that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "a client's secret";
    }
}
