package dev.tenantops.onboarding.sandbox.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertificateAuthorityTest {

    private static final String KEY_BEGINS = "-----BEGIN PRIVATE KEY-----";

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");

    @Test
    void clientsThatTrustTheAuthorityAcceptItsCertificates() {
        assertThatCode(() -> handshake(authority.serverContext("localhost"), "localhost"))
                .doesNotThrowAnyException();
    }

    @Test
    void addressesAndWildcardsAreMatched() {
        SSLContext server = authority.serverContext("127.0.0.1", "::1", "*.signalr.example");

        assertThatCode(() -> handshake(server, "127.0.0.1")).doesNotThrowAnyException();
        assertThatCode(() -> handshake(server, "one.signalr.example")).doesNotThrowAnyException();
    }

    @Test
    void otherNamesAreRefused() {
        assertThatThrownBy(() -> handshake(authority.serverContext("localhost"), "login.example"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasMessageContaining("login.example");
    }

    @Test
    void certificatesOfAnotherAuthorityAreRefused() {
        SSLContext stranger = CertificateAuthority.create("Stranger").serverContext("localhost");

        assertThatThrownBy(() -> handshake(stranger, "localhost")).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void expiredCertificatesAreRefusedForThatReason() {
        assertThatThrownBy(() -> handshake(authority.expiredServerContext("localhost"), "localhost"))
                .isInstanceOf(SSLHandshakeException.class)
                .hasStackTraceContaining("CertificateExpiredException");
    }

    @Test
    void anIntermediateAuthorityIsTrustedWhereItsCertificateIsSent() {
        CertificateAuthority intermediate = authority.subordinate("Intermediate");

        assertThatCode(() -> handshake(intermediate.serverContext("localhost"), "localhost"))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> handshake(intermediate.serverContextWithoutChain("localhost"), "localhost"))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void aCertificateThatVouchesForItselfIsRefused() {
        assertThatThrownBy(() -> handshake(CertificateAuthority.selfSignedServerContext("localhost"), "localhost"))
                .isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void theTrustAnchorIsWrittenAsPem(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("new/ca.crt");

        authority.writeTo(file);

        String pem = Files.readString(file);
        assertThat(pem).isEqualTo(authority.certificatePem());
        X509Certificate read = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        assertThat(read).isEqualTo(authority.certificate());
        assertThat(read.getBasicConstraints()).isOne();
    }

    @Test
    void anotherProgramGetsItsKeyAndCertificatesAsPem() throws Exception {
        String pem = authority.serverPem("proxy.example");

        PrivateKey key = KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder()
                        .decode(pem.substring(
                                pem.indexOf(KEY_BEGINS) + KEY_BEGINS.length(), pem.indexOf("-----END PRIVATE KEY")))));
        List<? extends Certificate> chain = List.copyOf(CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(
                        pem.substring(pem.indexOf("-----BEGIN CERTIFICATE")).getBytes(StandardCharsets.US_ASCII))));
        assertThat(chain).hasSize(2).last().isEqualTo(authority.certificate());
        chain.getFirst().verify(authority.certificate().getPublicKey());
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        byte[] signed = signature.sign();
        signature.initVerify(chain.getFirst());
        assertThat(signature.verify(signed)).isTrue();
    }

    @Test
    void aCertificateNeedsAName() {
        assertThatThrownBy(authority::serverContext).isInstanceOf(IllegalArgumentException.class);
    }

    private void handshake(SSLContext serverContext, String expectedName) throws IOException {
        try (SSLServerSocket server = (SSLServerSocket) serverContext
                        .getServerSocketFactory()
                        .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            threads.submit(() -> acceptOne(server));
            try (SSLSocket plain = (SSLSocket) authority
                    .clientContext()
                    .getSocketFactory()
                    .createSocket(
                            new Socket(InetAddress.getLoopbackAddress(), server.getLocalPort()),
                            expectedName,
                            server.getLocalPort(),
                            true)) {
                SSLParameters parameters = plain.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                plain.setSSLParameters(parameters);
                plain.startHandshake();
            }
        }
    }

    private static Void acceptOne(SSLServerSocket server) throws IOException {
        try (SSLSocket accepted = (SSLSocket) server.accept()) {
            accepted.startHandshake();
        } catch (SSLException e) {
            // The client's side of the handshake is what the test looks at.
        }
        return null;
    }
}
