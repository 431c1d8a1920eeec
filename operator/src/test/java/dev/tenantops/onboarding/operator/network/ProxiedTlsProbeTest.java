package dev.tenantops.onboarding.operator.network;

import static dev.tenantops.onboarding.operator.network.ProbeFixture.AMPLE;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.BASIC;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.CREDENTIALS;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.PROXY;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.SHORT;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.TARGET;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.assertStopped;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.http;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reachable;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ProxiedTlsProbeTest {

    private static final String DAMAGED =
            "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";

    private ProbeFixture fixture;

    @BeforeEach
    void createFixture(@TempDir Path directory) {
        fixture = new ProbeFixture(directory);
    }

    @Test
    void anInspectedConnectionIsTlsIntercepted() throws IOException {
        var inspection = CertificateAuthority.create("Contoso Inspection");
        try (var origin = new LoopbackServer(LoopbackServer.https(inspection.serverContext(TARGET)));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertStopped(fixture.through(proxy), Stage.Tls, Reason.TlsIntercepted)
                    .contains("CN=Contoso Inspection", "Exempt hub.example.com:443", "caBundleRef");
        }
    }

    @Test
    void anInspectionThatLeavesOutItsAuthorityIsKnownByWhatItMakes() throws IOException {
        var inspection = CertificateAuthority.create("Contoso Inspection");
        try (var origin = new LoopbackServer(LoopbackServer.minting(inspection));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertStopped(fixture.through(proxy), Stage.Tls, Reason.TlsIntercepted)
                    .contains("CN=Contoso Inspection");
            assertThat(origin.accepted())
                    .as("the second has a name that nobody has")
                    .isEqualTo(2);
        }
    }

    @Test
    void anEndpointThatLeavesOutItsIntermediateAccusesNoProxy() throws IOException {
        var intermediate = fixture.authority.subordinate("Public Intermediate");
        try (var origin = new LoopbackServer(LoopbackServer.https(intermediate.serverContextWithoutChain(TARGET)));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertStopped(fixture.through(proxy), Stage.Tls, Reason.TlsChainIncomplete)
                    .contains(
                            "end with one that \"CN=Public Intermediate\" issued",
                            "Ask whoever runs hub.example.com:443 to have it send the certificate of"
                                    + " \"CN=Public Intermediate\"");
        }
    }

    @Test
    void anEndpointThatSendsItsIntermediateIsReachable() throws IOException {
        var intermediate = fixture.authority.subordinate("Public Intermediate");
        try (var origin = new LoopbackServer(LoopbackServer.https(intermediate.serverContext(TARGET)));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertThat(fixture.through(proxy)).isInstanceOf(Reachable.class);
        }
    }

    @Test
    void aCertificateThatVouchesForItselfAccusesNoProxy() throws IOException {
        try (var origin =
                        new LoopbackServer(LoopbackServer.https(CertificateAuthority.selfSignedServerContext(TARGET)));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertStopped(fixture.through(proxy), Stage.Tls, Reason.TlsIssuerUnknown)
                    .contains("is signed by itself");
        }
    }

    @Test
    void aProxyThatLeavesOutItsIntermediateIsToldWhich() throws IOException {
        var intermediate = fixture.authority.subordinate("Proxies");
        try (var proxy = new LoopbackServer(
                LoopbackServer.over(intermediate.serverContextWithoutChain(PROXY), LoopbackServer.silent()))) {
            assertStopped(fixture.probe(AMPLE).probe(target(443, https(proxy))), Stage.ProxyTls, Reason.ProxyTlsFailed)
                    .contains("Have the proxy send the certificate of \"CN=Proxies\"");
        }
    }

    @Test
    void anIssuerThatRepeatsTheCredentialsIsNotShown() throws IOException {
        var echo = CertificateAuthority.create("Welcome " + BASIC);
        try (var origin = new LoopbackServer(LoopbackServer.https(echo.serverContext(TARGET)));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertStopped(fixture.through(proxy), Stage.Tls, Reason.TlsIntercepted)
                    .contains("(not shown");
        }
    }

    @Test
    void anInspectionThatTheCustomerDeclaredIsReachable() throws IOException {
        var inspection = CertificateAuthority.create("Contoso Inspection");
        try (var origin = new LoopbackServer(LoopbackServer.https(inspection.serverContext(TARGET)));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            var declared =
                    new ForwardProxy(http(proxy).url(), Optional.empty(), Optional.of(inspection.certificatePem()));

            assertThat(fixture.probe(AMPLE).probe(target(443, declared))).isInstanceOf(Reachable.class);
        }
    }

    @Test
    void aDamagedCertificateBesideTheDeclaredOneSpoilsNothing() throws IOException {
        var inspection = CertificateAuthority.create("Contoso Inspection");
        try (var origin = new LoopbackServer(LoopbackServer.https(inspection.serverContext(TARGET)));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertThat(fixture.probe(AMPLE).probe(target(443, declaring(proxy, DAMAGED + inspection.certificatePem()))))
                    .isInstanceOf(Reachable.class);
        }
    }

    @Test
    void aDamagedCertificateIsNamedWhereTheOthersDoNotSuffice() throws IOException {
        var inspection = CertificateAuthority.create("Contoso Inspection");
        var other = CertificateAuthority.create("Contoso Internal");
        try (var origin = new LoopbackServer(LoopbackServer.https(inspection.serverContext(TARGET)));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertStopped(
                            fixture.probe(AMPLE)
                                    .probe(target(443, declaring(proxy, other.certificatePem() + "\n" + DAMAGED))),
                            Stage.Tls,
                            Reason.TlsIntercepted)
                    .contains("one certificate cannot be read: certificate 2 (line ");
            assertStopped(
                            fixture.probe(AMPLE).probe(target(443, declaring(proxy, DAMAGED))),
                            Stage.Tls,
                            Reason.ProxyInvalid)
                    .contains("one certificate cannot be read: certificate 1 (line 1)");
        }
    }

    private static ForwardProxy declaring(LoopbackServer proxy, String bundle) {
        return new ForwardProxy(http(proxy).url(), Optional.empty(), Optional.of(bundle));
    }

    @Test
    void anInspectionWithAnExpiredCertificateIsStillTlsIntercepted() throws IOException {
        var inspection = CertificateAuthority.create("Contoso Inspection");
        try (var origin = new LoopbackServer(LoopbackServer.https(inspection.expiredServerContext(TARGET)));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertStopped(fixture.through(proxy), Stage.Tls, Reason.TlsIntercepted);
        }
    }

    @Test
    void anExpiredCertificateOfAKnownIssuerIsToldApart() throws IOException {
        try (var origin = new LoopbackServer(LoopbackServer.https(fixture.authority.expiredServerContext(TARGET)));
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertStopped(fixture.through(proxy), Stage.Tls, Reason.TlsCertificateExpired)
                    .contains("is valid from");
        }
    }

    @Test
    void anUnreadableCaBundleIsProxyInvalidAndNothingIsDialled() throws IOException {
        try (var proxy = new LoopbackServer(LoopbackServer.silent())) {
            var declared = new ForwardProxy(http(proxy).url(), Optional.empty(), Optional.of("not a certificate"));

            assertStopped(fixture.probe(AMPLE).probe(target(443, declared)), Stage.Tls, Reason.ProxyInvalid)
                    .contains("caBundleRef");
            assertThat(proxy.accepted()).isZero();
        }
    }

    @Test
    void aProxyOverTlsCarriesTlsToTheTarget() throws IOException {
        var context = fixture.authority.serverContext(PROXY);
        try (var origin = origin();
                var proxy = new LoopbackServer(LoopbackServer.over(context, new RelayingProxy(origin.port())))) {
            assertThat(fixture.probe(AMPLE).probe(target(443, https(proxy)))).isInstanceOf(Reachable.class);
        }
    }

    @Test
    void aProxyOverTlsThatDripsItsHandshakeIsCutOffAtTheDeadline() throws IOException {
        var recordOf16KiB = new byte[] {0x16, 0x03, 0x03, 0x3f, (byte) 0xff};
        try (var proxy = new LoopbackServer(LoopbackServer.dripping(recordOf16KiB))) {
            assertStopped(fixture.probe(SHORT).probe(target(443, https(proxy))), Stage.ProxyTls, Reason.ProxyTlsFailed);
        }
    }

    @Test
    void aProxyOverTlsThatDripsItsAnswerIsCutOffAtTheDeadline() throws IOException {
        var context = fixture.authority.serverContext(PROXY);
        var beginning = "HTTP/1.1 200 OK\r\nX-Filler: ".getBytes(StandardCharsets.US_ASCII);
        try (var proxy = new LoopbackServer(LoopbackServer.over(context, LoopbackServer.dripping(beginning)))) {
            assertStopped(
                    fixture.probe(SHORT).probe(target(443, https(proxy))),
                    Stage.ProxyTunnel,
                    Reason.ProxyTunnelTimedOut);
        }
    }

    @Test
    void aProxyWithAnUnknownCertificateGetsNoCredentials() throws IOException {
        var other = CertificateAuthority.create("Contoso Internal");
        var relaying = new RelayingProxy(1);
        try (var proxy = new LoopbackServer(LoopbackServer.over(other.serverContext(PROXY), relaying))) {
            assertStopped(fixture.probe(AMPLE).probe(target(443, https(proxy))), Stage.ProxyTls, Reason.ProxyTlsFailed)
                    .contains("CN=Contoso Internal", "caBundleRef");
        }
        assertThat(relaying.requests()).isEmpty();
    }

    @Test
    void aProxyWithoutTlsBehindAnHttpsUrlIsProxyTlsFailed() throws IOException {
        try (var proxy = new LoopbackServer(LoopbackServer.hangingUp())) {
            assertStopped(fixture.probe(AMPLE).probe(target(443, https(proxy))), Stage.ProxyTls, Reason.ProxyTlsFailed)
                    .contains("has to start with http://");
        }
    }

    private LoopbackServer origin() {
        return new LoopbackServer(LoopbackServer.https(fixture.authority.serverContext(TARGET)));
    }

    private static ForwardProxy https(LoopbackServer proxy) {
        return new ForwardProxy(
                URI.create("https://" + PROXY + ":" + proxy.port()), Optional.of(CREDENTIALS), Optional.empty());
    }
}
