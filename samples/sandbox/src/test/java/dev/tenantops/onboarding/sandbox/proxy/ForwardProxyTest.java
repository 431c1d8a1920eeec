package dev.tenantops.onboarding.sandbox.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.sandbox.endpoint.EndpointServer;
import dev.tenantops.onboarding.sandbox.proxy.ForwardProxy.Behaviour;
import dev.tenantops.onboarding.sandbox.proxy.ForwardProxy.Credentials;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ForwardProxyTest {

    private static final String HOST = "portal.heedify.io";

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final EndpointServer endpoint = EndpointServer.start(authority.serverContext("*.heedify.io"));
    private final Function<String, Optional<InetSocketAddress>> routes =
            host -> host.equals(HOST) ? Optional.of(endpoint.address()) : Optional.empty();
    private final ForwardProxy proxy = ForwardProxy.start(routes, 0, Optional.empty());

    @AfterEach
    void close() {
        proxy.close();
        endpoint.close();
    }

    @Test
    void tunnelsToTheRoutedServerAndRemembersWhatWasAskedFor() throws IOException {
        try (Socket tunnel = connect(proxy, HOST, "")) {
            assertThat(readHead(tunnel)).startsWith("HTTP/1.1 200");
            try (SSLSocket tls = secure(tunnel, authority)) {
                send(tls, "GET / HTTP/1.1\r\nHost: portal.heedify.io\r\n\r\n");
                assertThat(readHead(tls)).startsWith("HTTP/1.1 200");
            }
        }
        assertThat(proxy.askedFor()).containsExactly(HOST + ":443");
        assertThat(endpoint.requests()).isEqualTo(1);
    }

    @Test
    void aWebSocketIsUpgradedAndHeldOpen() throws IOException {
        try (Socket tunnel = connect(proxy, HOST, "")) {
            readHead(tunnel);
            try (SSLSocket tls = secure(tunnel, authority)) {
                // The key and its answer are the example of RFC 6455, section 1.3.
                send(
                        tls,
                        "GET /client/ HTTP/1.1\r\nHost: " + HOST + "\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
                assertThat(readHead(tls)).startsWith("HTTP/1.1 101").contains(": s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            }
        }
        assertThat(endpoint.upgrades()).isEqualTo(1);
    }

    @Test
    void aHostWithoutARouteIsNotReached() throws IOException {
        try (Socket tunnel = connect(proxy, "example.com", "")) {
            assertThat(readHead(tunnel)).startsWith("HTTP/1.1 502");
        }
    }

    @Test
    void refusesFailsAndDisconnectsOnDemandAndRecovers() throws IOException {
        proxy.behave(Behaviour.REFUSE);
        assertThat(answer()).startsWith("HTTP/1.1 403");
        proxy.behave(Behaviour.FAIL);
        assertThat(answer()).startsWith("HTTP/1.1 502");
        proxy.behave(Behaviour.DISCONNECT);
        assertThat(answer()).isEmpty();
        proxy.behave(Behaviour.FORWARD);
        assertThat(answer()).startsWith("HTTP/1.1 200");
    }

    @Test
    void anInterceptedConnectionShowsACertificateThatNobodyTrusts() throws IOException {
        CertificateAuthority stranger = CertificateAuthority.create("Stranger");
        try (EndpointServer interceptor = EndpointServer.start(stranger.serverContext("*.heedify.io"))) {
            proxy.route(host -> Optional.of(interceptor.address()));
            try (Socket tunnel = connect(proxy, HOST, "")) {
                readHead(tunnel);
                assertThatThrownBy(() -> secure(tunnel, authority)).isInstanceOf(SSLHandshakeException.class);
            }
        }
    }

    @Test
    void withCredentialsOnlyTheRightOnesPass() throws IOException {
        try (ForwardProxy guarded = ForwardProxy.start(routes, 0, Optional.of(new Credentials("operator", "right")))) {
            try (Socket tunnel = connect(guarded, HOST, "")) {
                assertThat(readHead(tunnel)).startsWith("HTTP/1.1 407").contains("Basic realm=\"sandbox\"");
            }
            try (Socket tunnel = connect(guarded, HOST, basic("operator:wrong"))) {
                assertThat(readHead(tunnel)).startsWith("HTTP/1.1 407");
            }
            assertThat(guarded.askedFor()).isEmpty();
            try (Socket tunnel = connect(guarded, HOST, basic("operator:right"))) {
                assertThat(readHead(tunnel)).startsWith("HTTP/1.1 200");
            }
        }
    }

    private String answer() throws IOException {
        try (Socket tunnel = connect(proxy, HOST, "")) {
            return readHead(tunnel);
        }
    }

    private static String basic(String credentials) {
        return "Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)) + "\r\n";
    }

    private static Socket connect(ForwardProxy proxy, String host, String headers) throws IOException {
        Socket socket = new Socket(proxy.url().getHost(), proxy.url().getPort());
        socket.setSoTimeout(20_000);
        send(socket, "CONNECT %1$s:443 HTTP/1.1\r\nHost: %1$s:443\r\n%2$s\r\n".formatted(host, headers));
        return socket;
    }

    private static SSLSocket secure(Socket tunnel, CertificateAuthority trusted) throws IOException {
        SSLSocket tls = (SSLSocket) trusted.clientContext().getSocketFactory().createSocket(tunnel, HOST, 443, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** The head of the answer; empty when the connection ends without one. */
    private static String readHead(Socket socket) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = socket.getInputStream().read();
            if (next == -1) {
                return "";
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }
}
