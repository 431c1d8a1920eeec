package dev.tenantops.onboarding.operator.network;

import static dev.tenantops.onboarding.operator.network.ProbeFixture.AMPLE;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.BASIC;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.CREDENTIALS;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.PROXY;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.SHORT;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.TARGET;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.assertStopped;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.http;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.route;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.operator.network.LoopbackServer.Session;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reachable;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unreachable;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ProxiedProbeTest {

    private ProbeFixture fixture;

    @BeforeEach
    void createFixture(@TempDir Path directory) {
        fixture = new ProbeFixture(directory);
    }

    @Test
    void aTunnelToAVerifiedEndpointIsReachable() throws IOException {
        try (var origin = origin();
                var proxy = new LoopbackServer(new RelayingProxy(origin.port()))) {
            assertThat(fixture.through(proxy)).isInstanceOf(Reachable.class);
        }
    }

    @Test
    void theCredentialsGoToTheProxyAndNeverToTheOrigin() throws IOException {
        try (var origin = origin()) {
            var relaying = RelayingProxy.askingForCredentials(origin.port());
            try (var proxy = new LoopbackServer(relaying)) {
                assertThat(fixture.through(proxy)).isInstanceOf(Reachable.class);
            }

            assertThat(relaying.requests())
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("Proxy-Authorization: Basic " + BASIC);
            assertThat(relaying.forwarded())
                    .contains(TARGET)
                    .doesNotContain(BASIC, CREDENTIALS.password(), "Proxy-Authorization");
        }
    }

    @Test
    void aProxyThatDoesNotAskForCredentialsGetsNone() throws IOException {
        try (var origin = origin()) {
            var relaying = new RelayingProxy(origin.port());
            try (var proxy = new LoopbackServer(relaying)) {
                assertThat(fixture.through(proxy)).isInstanceOf(Reachable.class);
            }

            assertThat(relaying.requests()).singleElement().asString().doesNotContain("Proxy-Authorization", BASIC);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 OK",
                "403 Forbidden",
                "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"",
                "407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate",
                "502 Bad Gateway"
            })
    void onlyAProxyThatOffersBasicGetsCredentials(String answer) throws IOException {
        var requests = new ConcurrentLinkedQueue<String>();
        try (var proxy = new LoopbackServer(socket -> {
            requests.add(LoopbackServer.header(socket.getInputStream()));
            socket.getOutputStream().write(("HTTP/1.1 " + answer + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        })) {
            assertThat(fixture.through(proxy)).isInstanceOf(Unreachable.class);
        }

        assertThat(requests).singleElement().asString().doesNotContain("Proxy-Authorization", BASIC);
    }

    @Test
    void aProxyThatAsksWithoutSayingHowGetsBasic() throws IOException {
        var requests = new ConcurrentLinkedQueue<String>();
        try (var proxy = new LoopbackServer(socket -> {
            requests.add(LoopbackServer.header(socket.getInputStream()));
            socket.getOutputStream().write("HTTP/1.1 407 Who\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            assertStopped(fixture.through(proxy), Stage.ProxyTunnel, Reason.ProxyCredentialsRefused);
        }

        assertThat(requests).hasSize(2).last().asString().contains(BASIC);
    }

    @Test
    void withoutCredentialsNoneAreSent() throws IOException {
        try (var origin = origin()) {
            var relaying = new RelayingProxy(origin.port());
            try (var proxy = new LoopbackServer(relaying)) {
                var anonymous = new ForwardProxy(http(proxy).url(), Optional.empty(), Optional.empty());

                assertThat(fixture.probe(AMPLE).probe(target(8443, anonymous))).isInstanceOf(Reachable.class);
            }

            assertThat(relaying.requests())
                    .containsExactly("CONNECT hub.example.com:8443 HTTP/1.1\r\nHost: hub.example.com:8443\r\n"
                            + "User-Agent: tenant-onboarding-operator\r\n\r\n");
        }
    }

    @Test
    void theTargetIsNeverLookedUpOrDialledWhenAProxyIsDeclared() throws IOException {
        try (var canary = new LoopbackServer(LoopbackServer.silent());
                var origin = origin();
                var working = new LoopbackServer(new RelayingProxy(origin.port()));
                var forbidding = new LoopbackServer(LoopbackServer.answering("HTTP/1.1 403 Forbidden\r\n\r\n"));
                var broken = new LoopbackServer(LoopbackServer.closing())) {
            var probe = fixture.probe(AMPLE);

            assertThat(probe.probe(target(canary.port(), http(working)))).isInstanceOf(Reachable.class);
            assertStopped(
                    probe.probe(target(canary.port(), http(forbidding))), Stage.ProxyTunnel, Reason.ProxyForbidden);
            assertStopped(probe.probe(target(canary.port(), http(broken))), Stage.ProxyTunnel, Reason.ProxyClosed);

            var literal =
                    new ProbeTarget(URI.create("https://127.0.0.1:" + canary.port()), Optional.of(http(forbidding)));
            assertStopped(probe.probe(literal), Stage.Address, Reason.AddressNotAllowed);

            assertThat(canary.accepted()).isZero();
            assertThat(fixture.lookedUp).containsOnly(PROXY);
        }
    }

    @Test
    void theAddressRulesHoldForTheProxy() {
        var settings = ProbeFixture.strict();
        var metadata = new SocketNetworkProbe(settings).probe(target(443, route("http://169.254.169.254:80")));
        var privateProxy = new SocketNetworkProbe(settings).probe(target(443, route("http://10.0.0.8:3128")));

        assertStopped(metadata, Stage.Address, Reason.AddressNotAllowed);
        assertStopped(privateProxy, Stage.Address, Reason.AddressNotAllowed)
                .isEqualTo(((Unreachable) metadata).message() + " > " + ((Unreachable) metadata).next());
    }

    @Test
    void aProxyWithoutAnAddressIsDnsFailed() {
        assertStopped(
                        fixture.probe(AMPLE).probe(target(443, route("http://proxy.example.invalid:3128"))),
                        Stage.Dns,
                        Reason.DnsFailed)
                .contains("the name proxy.example.invalid", "spec.network.proxy.url");
    }

    @Test
    void aProxyThatRefusesTheConnectionIsProxyUnreachable() throws IOException {
        int closedPort;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }

        assertStopped(
                        fixture.probe(AMPLE).probe(target(443, route("http://" + PROXY + ":" + closedPort))),
                        Stage.ProxyConnect,
                        Reason.ProxyUnreachable)
                .contains("refused", PROXY + ":" + closedPort);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://proxy:port", "http://proxy:99999", "http://pro$xy:3128"})
    void aProxyUrlWithoutAUsableHostAndPortIsProxyInvalid(String url) {
        assertStopped(fixture.probe(AMPLE).probe(target(443, route(url))), Stage.ProxyConnect, Reason.ProxyInvalid)
                .contains("spec.network.proxy.url");
    }

    /** What is no URL at all is not even tried. */
    @ParameterizedTest
    @ValueSource(strings = {"http://local host:1", "http://[::1", "http://a b"})
    void aProxyUrlThatIsNoUrlIsNoWay(String url) {
        assertThat(read(url)).isInstanceOf(ProxyReferences.Resolved.Invalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://proxy.example.com:port"})
    void aProxyUrlThatNamesNoHostIsProxyInvalidToo(String url) {
        assertStopped(
                        fixture.probe(AMPLE).probe(target(443, ((ProxyReferences.Resolved.Usable) read(url)).proxy())),
                        Stage.ProxyConnect,
                        Reason.ProxyInvalid)
                .contains("spec.network.proxy.url names no usable host and port", "Write it as http://host:port");
    }

    private static ProxyReferences.Resolved read(String url) {
        return new ProxyReferences(null).read("customer", new TenantOnboardingSpec.Proxy(url, null, null));
    }

    @Test
    void aRefusedCredentialIsToldApart() throws IOException {
        try (var proxy = proxyAnswering("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"")) {
            assertStopped(fixture.through(proxy), Stage.ProxyTunnel, Reason.ProxyCredentialsRefused)
                    .contains("offers Basic", "in spite of the given credentials", "credentialsRef");
        }
    }

    @Test
    void aMissingCredentialIsProxyAuthenticationRequired() throws IOException {
        try (var proxy = proxyAnswering("407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"x\"")) {
            var anonymous = new ForwardProxy(http(proxy).url(), Optional.empty(), Optional.empty());

            assertStopped(
                            fixture.probe(AMPLE).probe(target(443, anonymous)),
                            Stage.ProxyTunnel,
                            Reason.ProxyAuthenticationRequired)
                    .contains("Put a username and password into a Secret", "credentialsRef");
        }
    }

    @Test
    void aProxyWithoutBasicIsToldApart() throws IOException {
        try (var proxy = proxyAnswering(
                "407 Proxy Authentication Required",
                "Proxy-Authenticate: Negotiate\r\nproxy-authenticate: NTLM TlRMTVNTUAAC")) {
            assertStopped(fixture.through(proxy), Stage.ProxyTunnel, Reason.ProxyAuthenticationUnsupported)
                    .contains("offers Negotiate, NTLM", "Basic only");
        }
    }

    @Test
    void aForbiddenTargetIsProxyForbidden() throws IOException {
        try (var proxy = proxyAnswering("403 " + BASIC, "X-Error: " + CREDENTIALS.password())) {
            assertStopped(fixture.through(proxy), Stage.ProxyTunnel, Reason.ProxyForbidden)
                    .contains("403", "Allow CONNECT to hub.example.com:443");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "401,ProxyAuthenticationUnsupported,offers no scheme",
        "404,ProxyTunnelRefused,opens no tunnel",
        "302,ProxyTunnelRefused,opens no tunnel",
        "500,ProxyCannotReachTarget,did not get through itself",
        "502,ProxyCannotReachTarget,did not get through itself",
        "503,ProxyCannotReachTarget,did not get through itself",
        "504,ProxyTargetTimedOut,waited for the endpoint in vain"
    })
    void anyOtherAnswerIsNamed(int status, Reason reason, String words) throws IOException {
        try (var proxy = proxyAnswering(status + " Whatever", "Content-Length: 0")) {
            assertStopped(fixture.through(proxy), Stage.ProxyTunnel, reason).contains("answered " + status, words);
        }
    }

    @Test
    void aRefusedCredentialMayAlsoBeAnsweredAsAnOriginWould() throws IOException {
        try (var proxy = new LoopbackServer(socket -> {
            var shown = LoopbackServer.header(socket.getInputStream()).contains(BASIC);
            var answer = shown
                    ? "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"proxy\"\r\n\r\n"
                    : "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"proxy\"\r\n\r\n";
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        })) {
            assertStopped(fixture.through(proxy), Stage.ProxyTunnel, Reason.ProxyCredentialsRefused);
        }
    }

    @Test
    void aProxyThatHangsUpIsProxyClosed() throws IOException {
        try (var proxy = new LoopbackServer(LoopbackServer.closing())) {
            assertStopped(fixture.through(proxy), Stage.ProxyTunnel, Reason.ProxyClosed)
                    .contains("closed the connection");
        }
    }

    @Test
    void aPeerThatSpeaksNoHttpIsProxyNotHttp() throws IOException {
        try (var proxy = new LoopbackServer(LoopbackServer.answering("SSH-2.0-OpenSSH_9.9\r\n"))) {
            assertStopped(fixture.through(proxy), Stage.ProxyTunnel, Reason.ProxyNotHttp)
                    .contains("not HTTP");
        }
    }

    @Test
    void aHeaderWithoutEndIsCutOff() throws IOException {
        Session endless = socket -> {
            LoopbackServer.header(socket.getInputStream());
            var line = ("X-Filler: " + "x".repeat(1000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write(line);
            }
        };
        try (var proxy = new LoopbackServer(endless)) {
            assertStopped(fixture.through(proxy), Stage.ProxyTunnel, Reason.ProxyNotHttp)
                    .contains("more than 16 KiB");
        }
    }

    @Test
    void aSilentProxyIsProxyTunnelTimedOut() throws IOException {
        try (var proxy = new LoopbackServer(LoopbackServer.silent())) {
            assertStopped(
                            fixture.probe(SHORT).probe(target(443, http(proxy))),
                            Stage.ProxyTunnel,
                            Reason.ProxyTunnelTimedOut)
                    .contains("did not finish its answer to CONNECT");
        }
    }

    @Test
    void aProxyThatDripsItsAnswerIsCutOffAtTheDeadline() throws IOException {
        var beginning = "HTTP/1.1 200 OK\r\nX-Filler: ".getBytes(StandardCharsets.US_ASCII);
        try (var proxy = new LoopbackServer(LoopbackServer.dripping(beginning))) {
            assertStopped(
                    fixture.probe(SHORT).probe(target(443, http(proxy))),
                    Stage.ProxyTunnel,
                    Reason.ProxyTunnelTimedOut);
        }
    }

    private LoopbackServer origin() {
        return new LoopbackServer(LoopbackServer.https(fixture.authority.serverContext(TARGET)));
    }

    private static LoopbackServer proxyAnswering(String status, String headers) {
        return new LoopbackServer(LoopbackServer.answering("HTTP/1.1 " + status + "\r\n" + headers + "\r\n\r\n"));
    }
}
