package dev.tenantops.onboarding.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.operator.CapturedLog;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustAnchorsTest {

    private static final String EXPLICIT_CURVE = """
            -----BEGIN CERTIFICATE-----
            MIICcDCCAhWgAwIBAgIUfrrqsX94ckKaEI9D8MiczjrorjgwCgYIKoZIzj0EAwIw
            EzERMA8GA1UEAwwIRXhwbGljaXQwHhcNMjYxMTI4MDMyMzE0WhcNMzYxMTI1MDMy
            MzE0WjATMREwDwYDVQQDDAhFeHBsaWNpdDCCAUswggEDBgcqhkjOPQIBMIH3AgEB
            MCwGByqGSM49AQECIQD/////AAAAAQAAAAAAAAAAAAAAAP///////////////zBb
            BCD/////AAAAAQAAAAAAAAAAAAAAAP///////////////AQgWsY12Ko6k+ez671V
            dpiGvGUdBrDMU7D2O848PifSYEsDFQDEnTYIhucEk2pmeOETnSa3gZ9+kARBBGsX
            0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivO
            M1drMV7Oy7ZAaDe/UfUCIQD/////AAAAAP//////////vOb6racXnoTzucrC/GMl
            UQIBAQNCAASMH6pSPYngXpxZ+/QlNvV03HjL1cqXUGmvelrFx6QIrnQTZgWckBy7
            sIpFcgIJW8E8pEhWh+qnytMWZ/P087Hyo1MwUTAdBgNVHQ4EFgQU8zdYc4PMOXsg
            6djAhHeM68e8vDEwHwYDVR0jBBgwFoAU8zdYc4PMOXsg6djAhHeM68e8vDEwDwYD
            VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEA2j05J/XN4xEmocEijLYh
            Ru+JPAfjHt70rpX0x/EqzGICIQCsHzJe7IClCcUO/QBAjM27FtVnPHjsiAtoo2gB
            wAMPiw==
            -----END CERTIFICATE-----
            """;

    private static final String WITHOUT_ISSUER = """
            -----BEGIN CERTIFICATE-----
            MIIC4TCCAcmgAwIBAgIUdaKsFmiIvXKq6F5Bnnh47crm3eEwDQYJKoZIhvcNAQEL
            BQAwADAeFw0yNjExMjgwMzA5MzhaFw0zNjExMjUwMzA5MzhaMAAwggEiMA0GCSqG
            SIb3DQEBAQUAA4IBDwAwggEKAoIBAQDr+Ntfl4MxRVvMkAKSTt5lbg4ykB21fc5V
            9hIxM9tip6oJ/tgnN6bR2M+y9nW1pay5bffrocg6lGqQ4tvktdpAnCf81wR6oNtr
            luNC/oldsoLfSgjDhIx+LpaQxMJAvnX1yZbepBzkUkKVCgjNLvBG0DnDDLlZFHq1
            DD4CqHWnlbMMQ66mC1RGb6r82lfv2gRnnDUHqLnRwzb+pTwEtcL54dSGV+LXUsNU
            qluI1gVa6NfeRJB9JUA+Olkn9Jb6uT4Pf/REPB5kHsjVLtGHQELaIc5EhBEgG+qv
            0A6LrLjwLcyfjNW/CBbn/Ne6ogmwpDUl3dHeItX/3XNNwegomiUFAgMBAAGjUzBR
            MB0GA1UdDgQWBBQkwH5rTZ/csAefQuPkYcWWuXCKRDAfBgNVHSMEGDAWgBQkwH5r
            TZ/csAefQuPkYcWWuXCKRDAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUA
            A4IBAQAnF53Q+7nyS8KQG7Ln8igkolgeyIJr4VTwF4dRuoa/Ac2JCPZ3svqG3hDK
            cHPrK3J/UOihVttCXhk1zP+4e1S6+PoCQ98rT9uzr330EpKHuirPKp0dKHKxg4Ng
            GR+3OS5dW+u95XMB0fS02EFwxK4HfL5GRdQFcKfpBNEK1RNtfCw2NZuiVuLABTAR
            OxitAKFifLLlRaG3rQgdTe5PzapQvC9hA+o9LjRu31p9nzHsUHEPyBbUbEW9Ojl0
            J84E4zOZPY++DxEcaLeRA6MXysdAldWLs5EPCI5eL8SYYJtJRqQodkhmgJi2rz96
            3LtXcZ19TqQD0pRteUChAmwUL7nR
            -----END CERTIFICATE-----
            """;

    @Test
    void aFileAddsToTheAnchorsOfTheJdk(@TempDir Path directory) {
        var authority = CertificateAuthority.create("Extra");
        var file = directory.resolve("ca.crt");
        authority.writeTo(file);
        var ofJdk = TrustAnchors.ofJdkAnd(Optional.empty()).trustManager().getAcceptedIssuers();

        assertThat(TrustAnchors.ofJdkAnd(Optional.of(file)).trustManager().getAcceptedIssuers())
                .contains(ofJdk)
                .contains(authority.certificate());
    }

    @Test
    void aTextMayHoldSeveralCertificatesAndRemarks() {
        var one = CertificateAuthority.create("One");
        var two = CertificateAuthority.create("Two");
        var pem = "# first\n" + one.certificatePem() + "\n# second\n" + two.certificatePem() + "\n";

        assertThat(TrustAnchors.ofJdkAnd(Optional.empty())
                        .and(PemBundle.of(pem))
                        .trustManager()
                        .getAcceptedIssuers())
                .contains(one.certificate(), two.certificate());
    }

    @Test
    void aDamagedCertificateSpoilsNoOtherAndIsNamed() {
        var one = CertificateAuthority.create("One");
        var two = CertificateAuthority.create("Two");
        var damaged = "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
        var cutOff = two.certificatePem().lines().limit(3).collect(Collectors.joining("\n")) + "\n";
        var key = "-----BEGIN PRIVATE KEY-----\nbm90IGEga2V5\n-----END PRIVATE KEY-----\n";

        var bundle = PemBundle.of(damaged + cutOff + one.certificatePem() + "\n" + key + two.certificatePem());

        assertThat(bundle.certificates()).containsExactly(one.certificate(), two.certificate());
        assertThat(bundle.refused()).extracting(PemBundle.Refused::position).containsExactly(1, 2);
        assertThat(bundle.refused()).extracting(PemBundle.Refused::line).containsExactly(1, 4);
        assertThat(bundle.remark())
                .startsWith("2 certificates cannot be read: certificate 1 (line 1): ")
                .endsWith("; certificate 2 (line 4): it has no end");
    }

    /** They are whole, and the JDK does not take them. */
    @ParameterizedTest
    @MethodSource("refusedByTheJdk")
    void aCertificateThatTheJdkRefusesIsNamedWithTheReason(String certificate, String why) {
        var one = CertificateAuthority.create("One");
        var two = CertificateAuthority.create("Two");

        var bundle = PemBundle.of(one.certificatePem() + certificate + two.certificatePem());

        assertThat(bundle.certificates()).containsExactly(one.certificate(), two.certificate());
        assertThat(bundle.remark())
                .startsWith("one certificate cannot be read: certificate 2 (line ")
                .endsWith(why)
                .doesNotContain("Exception");
    }

    static Stream<Arguments> refusedByTheJdk() {
        return Stream.of(
                Arguments.of(EXPLICIT_CURVE, "Only named ECParameters supported"),
                Arguments.of(WITHOUT_ISSUER, "Empty issuer DN not allowed in X509Certificates"),
                Arguments.of("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", "Too short"));
    }

    /** As Windows writes it, and with a remark from before Unicode. */
    @Test
    void aFileMayBeginWithAByteOrderMarkAndHaveRemarksInAnyEncoding(@TempDir Path directory) throws IOException {
        var one = CertificateAuthority.create("One");
        var two = CertificateAuthority.create("Two");
        var file = directory.resolve("ca.crt");
        try (var out = Files.newOutputStream(file)) {
            out.write(new byte[] {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF});
            out.write(one.certificatePem().getBytes(StandardCharsets.US_ASCII));
            out.write("# F\u0151tan\u00fas\u00edtv\u00e1ny\n".getBytes(StandardCharsets.ISO_8859_1));
            out.write(two.certificatePem().getBytes(StandardCharsets.US_ASCII));
        }

        assertThat(TrustAnchors.ofJdkAnd(Optional.of(file)).trustManager().getAcceptedIssuers())
                .contains(one.certificate(), two.certificate());
    }

    @Test
    void whatIsRefusedOfAFileIsLogged(@TempDir Path directory) throws IOException {
        var authority = CertificateAuthority.create("Extra");
        var file = Files.writeString(directory.resolve("ca.crt"), WITHOUT_ISSUER + authority.certificatePem());
        try (var log = new CapturedLog(Level.WARNING)) {
            TrustAnchors.ofJdkAnd(Optional.of(file));

            assertThat(log.text())
                    .contains(
                            "ca.crt one certificate cannot be read: certificate 1 (line 1): Empty issuer DN",
                            "The others are used");
        }
    }

    @Test
    void aFileWithADamagedCertificateAddsTheOthers(@TempDir Path directory) throws IOException {
        var authority = CertificateAuthority.create("Extra");
        var file = Files.writeString(
                directory.resolve("ca.crt"), "-----BEGIN CERTIFICATE-----\n" + authority.certificatePem());

        assertThat(TrustAnchors.ofJdkAnd(Optional.of(file)).trustManager().getAcceptedIssuers())
                .contains(authority.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate\n", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
    void aFileWithoutCertificatesIsRejectedByName(String content, @TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("empty.crt"), content);

        assertThatThrownBy(() -> TrustAnchors.ofJdkAnd(Optional.of(file)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.crt");
    }

    @Test
    void aMissingFileIsRejectedByName(@TempDir Path directory) {
        var file = directory.resolve("absent.crt");

        assertThatThrownBy(() -> TrustAnchors.ofJdkAnd(Optional.of(file)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent.crt");
    }
}
