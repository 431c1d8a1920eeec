package dev.tenantops.onboarding.operator.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.sandbox.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    void aTextMayHoldSeveralCertificatesAndRemarks() throws CertificateException {
        var one = CertificateAuthority.create("One");
        var two = CertificateAuthority.create("Two");
        var pem = "# first\n" + one.certificatePem() + "\n# second\n" + two.certificatePem() + "\n";

        assertThat(TrustAnchors.ofJdkAnd(Optional.empty())
                        .and(pem)
                        .trustManager()
                        .getAcceptedIssuers())
                .contains(one.certificate(), two.certificate());
    }

    @Test
    void aFileWithoutCertificatesIsRejectedByName(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("empty.crt"), "");

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
