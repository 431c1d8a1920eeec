package dev.tenantops.onboarding.operator.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustAnchorsTest {

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
        assertThat(bundle.damaged()).containsExactly(1, 4);
        assertThat(bundle.remark()).contains("2 certificates", "lines 1, 4");
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
