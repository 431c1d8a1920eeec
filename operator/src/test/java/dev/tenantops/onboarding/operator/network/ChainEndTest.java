package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.tls.PemBundle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a chain itself tells of who has to mend it. */
class ChainEndTest {

    /** Names a policy of the CA/Browser Forum. */
    private static final String WITH_POLICY = """
            -----BEGIN CERTIFICATE-----
            MIIBpTCCAUugAwIBAgIUUCo51Msqd6g/5dLETnW8T95Ci+QwCgYIKoZIzj0EAwIw
            FjEUMBIGA1UEAwwLUHVibGljIFJvb3QwHhcNMjYxMTI4MDMyMzE0WhcNMzYxMTI1
            MDMyMzE0WjAaMRgwFgYDVQQDDA9odWIuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIB
            BggqhkjOPQMBBwNCAASNJL0RlQ0L0As9j+JiGWLAm2pGKsIo+O14fOVU9Zd6byc6
            RfgJWzCBltZ9VHvDnhSO4UgVVx+g5Ochk6V6ylito3MwcTAaBgNVHREEEzARgg9o
            dWIuZXhhbXBsZS5jb20wEwYDVR0gBAwwCjAIBgZngQwBAgEwHQYDVR0OBBYEFHur
            V5RzOIpH8TEQBodWRTwbD85TMB8GA1UdIwQYMBaAFM9YkJ0C+w8DqtRPRFcPJliE
            kLAXMAoGCCqGSM49BAMCA0gAMEUCIEJIOpMgH09cDw7BDSKUPL85LR5G7WdUDjgA
            xAtCeIReAiEA7emLBt+K6M58UfseEABtlvbEb4NGA87uExK5fVXAJYc=
            -----END CERTIFICATE-----
            """;

    /** Has signed certificate timestamps. */
    private static final String WITH_TIMESTAMPS = """
            -----BEGIN CERTIFICATE-----
            MIIBpDCCAUqgAwIBAgIUeYl2uP9kQvB4XJAFdu43GDID3ecwCgYIKoZIzj0EAwIw
            FjEUMBIGA1UEAwwLUHVibGljIFJvb3QwHhcNMjYxMTI4MDMyMzE0WhcNMzYxMTI1
            MDMyMzE0WjAaMRgwFgYDVQQDDA9odWIuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIB
            BggqhkjOPQMBBwNCAAS3184IYIsYS+S6hRiPafeV1zXfuQtH2UGrG2uTuyh0Zo+k
            R/TwFVtpy+JiDWtYCKu5AILDMnsYuSIKyVIkVINvo3IwcDAaBgNVHREEEzARgg9o
            dWIuZXhhbXBsZS5jb20wEgYKKwYBBAHWeQIEAgQEBAIAADAdBgNVHQ4EFgQUwfy+
            Gl1z8abXfwqqWIL8PuGK1p0wHwYDVR0jBBgwFoAUz1iQnQL7DwOq1E9EVw8mWISQ
            sBcwCgYIKoZIzj0EAwIDSAAwRQIgNDmJQblloA9X8nBD8KQ9Cmtq/7/END/6UtDI
            JdNTjJ4CIQDjzZEsW3s+nyXHc9qY61WLHjIk3GwQN5QJGURax6o9mw==
            -----END CERTIFICATE-----
            """;

    /** Names a policy of somebody else. */
    private static final String PRIVATE = """
            -----BEGIN CERTIFICATE-----
            MIIBqDCCAU6gAwIBAgIUNHn5bgHe1YA8MCcrUVLlVAsowocwCgYIKoZIzj0EAwIw
            FjEUMBIGA1UEAwwLUHVibGljIFJvb3QwHhcNMjYxMTI4MDMyMzE0WhcNMzYxMTI1
            MDMyMzE0WjAaMRgwFgYDVQQDDA9odWIuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIB
            BggqhkjOPQMBBwNCAASF0Axi5DyWVrSyA5eFQS6E6mDMlfp1ZX7iYOh9Lf/bx2gQ
            0fOBzlLcL3qklE0Kjcwy2MHdDuRs64/PKqIl8/lPo3YwdDAaBgNVHREEEzARgg9o
            dWIuZXhhbXBsZS5jb20wFgYDVR0gBA8wDTALBgkrBgEEAYaNHwEwHQYDVR0OBBYE
            FNfvrNaNiklb2F6FifhynEiRkqbJMB8GA1UdIwQYMBaAFM9YkJ0C+w8DqtRPRFcP
            JliEkLAXMAoGCCqGSM49BAMCA0gAMEUCIFObITz3IS7mqZA4WCAghC1CP6DHdiSk
            xOkjKa6+DtikAiEAvJPeCDWfacZGMB0zF9NjjDxutZIECzCeP75hLluWFs4=
            -----END CERTIFICATE-----
            """;

    private static final String AUTHORITY = """
            -----BEGIN CERTIFICATE-----
            MIIBgjCCASegAwIBAgIUf5yW7N6OHT6iv6XgL9lHU1RYptAwCgYIKoZIzj0EAwIw
            FjEUMBIGA1UEAwwLUHVibGljIFJvb3QwHhcNMjYxMTI4MDMyMzE0WhcNMzYxMTI1
            MDMyMzE0WjAWMRQwEgYDVQQDDAtQdWJsaWMgUm9vdDBZMBMGByqGSM49AgEGCCqG
            SM49AwEHA0IABLJou8Q1/lzQ6E2etMxVll8cqD3Uh0sK3V8z8+a9ors2yr1zykrE
            0ffIA2uKhNI4akRuKEiZEPBoPVVobG2tvI6jUzBRMB0GA1UdDgQWBBTPWJCdAvsP
            A6rUT0RXDyZYhJCwFzAfBgNVHSMEGDAWgBTPWJCdAvsPA6rUT0RXDyZYhJCwFzAP
            BgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDcKNiwfYqkvZiiSZjN
            2aFaPqo+AeZBkCEH9yrpsIQJBAIhAJkko2+KC25eb25S7oVknVIc+LpDmdh08stf
            L66pjpD2
            -----END CERTIFICATE-----
            """;

    static final List<String> PUBLIC = List.of(WITH_POLICY, WITH_TIMESTAMPS);

    @ParameterizedTest
    @FieldSource("PUBLIC")
    void aPublicAuthorityIsKnownByWhatItHasToWrite(String certificate) {
        assertThat(end(certificate).fromPublicAuthority()).isTrue();
    }

    @Test
    void anotherPolicyIsNoMarkOfAPublicAuthority() {
        assertThat(end(PRIVATE).fromPublicAuthority()).isFalse();
        assertThat(end(AUTHORITY).fromPublicAuthority()).isFalse();
    }

    @Test
    void aChainWithoutTheIssuerOfItsLastCertificateIsIncomplete() {
        var end = end(WITH_POLICY);

        assertThat(end.whole()).isFalse();
        assertThat(end.selfSigned()).isFalse();
        assertThat(end.issuer()).isEqualTo("CN=Public Root");
    }

    @Test
    void aChainThatEndsInItsAuthorityIsWholeInWhateverOrderItCame() {
        // The other leaf has the same issuer, and issued nothing.
        var end = ChainEnd.of(PemBundle.of(PRIVATE + WITH_POLICY + AUTHORITY).certificates());

        assertThat(end.whole()).isTrue();
        assertThat(end.selfSigned()).isFalse();
        assertThat(end.last().getSubjectX500Principal().getName()).isEqualTo("CN=Public Root");
    }

    @Test
    void aCertificateThatIssuedItselfIsSelfSigned() {
        assertThat(end(AUTHORITY).selfSigned()).isTrue();
    }

    private static ChainEnd end(String pem) {
        return ChainEnd.of(PemBundle.of(pem).certificates());
    }
}
