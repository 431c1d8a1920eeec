package dev.tenantops.onboarding.operator.network.proxies;

import static dev.tenantops.onboarding.operator.network.proxies.ProxyProduct.HAPROXY;
import static dev.tenantops.onboarding.operator.network.proxies.ProxyProduct.MITMPROXY;
import static dev.tenantops.onboarding.operator.network.proxies.ProxyProduct.TINYPROXY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.operator.network.proxies.ProxySetup.WebSockets;
import dev.tenantops.onboarding.operator.network.proxies.TunnelRequest.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the products make of TLS, and of a WebSocket where they see it. */
class RealProxyTlsTest extends RealProxyFixture {

    private static final String UPGRADE = """
            Connection: Upgrade
            Upgrade: websocket
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
            """;

    @ParameterizedTest
    @EnumSource(names = {"HAPROXY", "MITMPROXY"})
    void clientsMaySpeakTlsToTheProxy(ProxyProduct product) throws IOException {
        ProxySetup setup = ProxySetup.forwarding().overTls(AUTHORITY.serverPem("localhost"));
        RealProxy proxy = start(product, setup);

        assertThat(proxy.url()).hasScheme("https");
        try (Answer answer = ask(proxy, target)) {
            assertThat(answer.statusLine()).contains(" 200 ");
            assertThat(answer.exchange(AUTHORITY.clientContext(), "")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQUID", "TINYPROXY"})
    void aBalancerSpeaksTlsForAProxyThatDoesNot(ProxyProduct product) throws IOException {
        RealProxy plain = start(product, ProxySetup.forwarding());
        RealProxy proxy = start(
                HAPROXY, ProxySetup.forwarding().relayingTo(plain.url()).overTls(AUTHORITY.serverPem("localhost")));

        try (Answer answer = ask(proxy, target)) {
            assertThat(answer.statusLine()).contains(" 200 ");
            assertThat(answer.exchange(AUTHORITY.clientContext(), "")).startsWith("HTTP/1.1 200 OK");
        }
    }

    @Test
    void inspectedTlsHasACertificateOfTheProxysAuthority() throws IOException {
        RealProxy proxy =
                start(MITMPROXY, ProxySetup.forwarding().inspecting(AUTHORITY.certificatePem(), WebSockets.PASSED));

        try (Answer answer = ask(proxy, target)) {
            assertThatThrownBy(() -> answer.exchange(AUTHORITY.clientContext(), ""))
                    .isInstanceOf(SSLHandshakeException.class);
        }
        try (Answer answer = ask(proxy, target)) {
            assertThat(answer.exchange(trusting(proxy), "")).startsWith("HTTP/1.1 200 OK");
        }
        assertThat(origin.requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"PASSED, HTTP/1.1 101, 1", "UPGRADE_REMOVED, HTTP/1.1 200, 0", "SWITCHED_OFF, HTTP/1.1 101, 1"})
    void whatBecomesOfAWebSocketInAnInspectingProxy(WebSockets webSockets, String status, int upgrades)
            throws IOException {
        RealProxy proxy = start(MITMPROXY, ProxySetup.forwarding().inspecting(AUTHORITY.certificatePem(), webSockets));

        try (Answer answer = ask(proxy, target)) {
            assertThat(answer.exchange(trusting(proxy), UPGRADE)).startsWith(status);
            assertThat(origin.upgrades()).isEqualTo(upgrades);
        }
    }

    @ParameterizedTest
    @CsvSource({"PASSED, HTTP/1.1 101, 1", "UPGRADE_REMOVED, HTTP/1.1 200, 0"})
    void whatBecomesOfAWebSocketInAGateway(WebSockets webSockets, String status, int upgrades) throws IOException {
        RealProxy gateway = start(
                HAPROXY,
                ProxySetup.forwarding()
                        .gatewayOf(URI.create("https://" + target), AUTHORITY.certificatePem(), webSockets)
                        .overTls(AUTHORITY.serverPem("localhost")));
        RealProxy proxy = start(TINYPROXY, ProxySetup.forwarding());

        try (Answer answer = ask(proxy, gateway.url().getAuthority())) {
            assertThat(answer.exchange(AUTHORITY.clientContext(), UPGRADE)).startsWith(status);
            assertThat(origin.upgrades()).isEqualTo(upgrades);
        }
    }

    private static SSLContext trusting(RealProxy inspecting) {
        String pem = inspecting.authorityPem().orElseThrow();
        try {
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            anchors.setCertificateEntry(
                    "proxy",
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII))));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("Cannot trust the authority of " + inspecting.url(), e);
        }
    }
}
