package dev.tenantops.onboarding.operator.network;

import static dev.tenantops.onboarding.operator.network.ProbeFixture.AMPLE;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.SHORT;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.TARGET;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.assertStopped;
import static dev.tenantops.onboarding.operator.network.ProbeFixture.target;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reachable;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unfinished;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Unreachable;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import io.netty.resolver.dns.SingletonDnsServerAddressStreamProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DirectProbeTest {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetAddress METADATA = InetAddress.ofLiteral("169.254.169.254");

    private ProbeFixture fixture;

    @BeforeEach
    void createFixture(@TempDir Path directory) {
        fixture = new ProbeFixture(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://hub.example.com:70000", "https://hub.example.com:0", "https:hub", "https:///hub"})
    void aUrlThatCannotBeDialledComesToNothing(String url) {
        var result = fixture.probe(AMPLE).probe(new ProbeTarget(URI.create(url), Optional.empty()));

        assertThat(result).isInstanceOfSatisfying(Unfinished.class, it -> {
            assertThat(it.message()).contains("no usable host and port");
            assertThat(it.next()).contains("catalog");
        });
        assertThat(fixture.lookedUp).isEmpty();
    }

    @Test
    void aVerifiedHandshakeIsReachable() throws IOException {
        try (var server = new LoopbackServer(LoopbackServer.https(fixture.authority.serverContext(TARGET)))) {
            assertThat(fixture.direct(server.port())).isInstanceOf(Reachable.class);
        }
    }

    @Test
    void aNameThatDoesNotResolveIsDnsFailed() {
        var target = new ProbeTarget(URI.create("https://hub.example.invalid"), Optional.empty());

        assertStopped(fixture.probe(AMPLE).probe(target), Stage.Dns, Reason.DnsFailed)
                .contains("hub.example.invalid");
    }

    @Test
    void aDnsThatDoesNotAnswerIsDnsTimedOut() {
        var probe = new SocketNetworkProbe(fixture.settings(SHORT), (host, _) -> {
            throw new TimeoutException(host);
        });

        assertStopped(probe.probe(target(443)), Stage.Dns, Reason.DnsTimedOut).contains("did not answer");
    }

    @Test
    void aClosedPortIsConnectFailed() throws IOException {
        int closedPort;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closedPort = socket.getLocalPort();
        }

        var result = fixture.direct(closedPort);

        assertStopped(result, Stage.Connect, Reason.ConnectFailed)
                .contains(TARGET + ":" + closedPort, "refused", "spec.network.proxy");
        assertThat(result.trace().from()).as("which the network team looks for").contains("127.0.0.1");
    }

    @Test
    void packetsThatAreDroppedAreConnectTimedOut() throws IOException {
        // A full backlog drops connection requests as a firewall does.
        try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var waiting = new ArrayList<Socket>();
            try {
                fillBacklog(listener, waiting);

                assertStopped(
                                fixture.probe(SHORT).probe(target(listener.getLocalPort())),
                                Stage.Connect,
                                Reason.ConnectTimedOut)
                        .contains("Allow outgoing TCP");
            } finally {
                for (Socket socket : waiting) {
                    socket.close();
                }
            }
        }
    }

    @Test
    void anUnknownIssuerIsNamed() throws IOException {
        var other = CertificateAuthority.create("Somebody Else");
        try (var server = new LoopbackServer(LoopbackServer.https(other.serverContext(TARGET)))) {
            assertStopped(fixture.direct(server.port()), Stage.Tls, Reason.TlsIssuerUnknown)
                    .contains("CN=Somebody Else", "onboarding.tls.ca-bundle");
        }
    }

    @Test
    void anExpiredCertificateIsToldApart() throws IOException {
        try (var server = new LoopbackServer(LoopbackServer.https(fixture.authority.expiredServerContext(TARGET)))) {
            assertStopped(fixture.direct(server.port()), Stage.Tls, Reason.TlsCertificateExpired)
                    .contains("is valid from", "only");
        }
    }

    @Test
    void aCertificateForOtherNamesIsToldApartAndNamesThem() throws IOException {
        var context = fixture.authority.serverContext("www.example.org", "*.example.net");
        try (var server = new LoopbackServer(LoopbackServer.https(context))) {
            assertStopped(fixture.direct(server.port()), Stage.Tls, Reason.TlsHostMismatch)
                    .contains("is for www.example.org, *.example.net");
        }
    }

    @Test
    void aPeerWithoutTlsIsTlsFailed() throws IOException {
        LoopbackServer.Session plain = socket -> {
            socket.getInputStream().read();
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        };
        try (var server = new LoopbackServer(plain)) {
            assertStopped(fixture.direct(server.port()), Stage.Tls, Reason.TlsFailed)
                    .contains("the TLS handshake with " + TARGET);
        }
    }

    @Test
    void aPeerThatHangsUpOnTheHandshakeIsTlsFailed() throws IOException {
        try (var server = new LoopbackServer(LoopbackServer.hangingUp())) {
            assertStopped(fixture.direct(server.port()), Stage.Tls, Reason.TlsFailed)
                    .contains("closed during the TLS handshake");
        }
    }

    @Test
    void aPeerThatDripsItsHandshakeIsCutOffAtTheDeadline() throws IOException {
        var recordOf16KiB = new byte[] {0x16, 0x03, 0x03, 0x3f, (byte) 0xff};
        try (var server = new LoopbackServer(LoopbackServer.dripping(recordOf16KiB))) {
            assertStopped(fixture.probe(SHORT).probe(target(server.port())), Stage.Tls, Reason.TlsTimedOut)
                    .contains("did not finish the TLS handshake");
        }
    }

    @ParameterizedTest
    @CsvSource({"https,Http", "wss,WebSocketUpgrade"})
    void anEndpointThatDripsItsAnswerIsCutOffAtTheDeadline(String scheme, Stage stage) throws IOException {
        var context = fixture.authority.serverContext(TARGET);
        var beginning = "HTTP/1.1 101 Switching Protocols\r\nX-Filler: ".getBytes(StandardCharsets.US_ASCII);
        try (var server = new LoopbackServer(LoopbackServer.over(context, LoopbackServer.dripping(beginning)))) {
            var url = URI.create(scheme + "://" + TARGET + ":" + server.port());

            assertThat(fixture.probe(SHORT).probe(new ProbeTarget(url, Optional.empty())))
                    .isInstanceOfSatisfying(
                            Unreachable.class, it -> assertThat(it.stage()).isEqualTo(stage));
        }
    }

    @Test
    void aDnsServerThatNeverAnswersIsCutOffAtTheDeadline() throws IOException {
        try (var silent = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var names = new DnsNames(new SingletonDnsServerAddressStreamProvider(
                        (InetSocketAddress) silent.getLocalSocketAddress()));
                var probe = new SocketNetworkProbe(fixture.settings(SHORT), names)) {
            assertStopped(probe.probe(target(443)), Stage.Dns, Reason.DnsTimedOut);
        }
    }

    @Test
    void onlyTheVettedAddressIsDialledAndTheNameIsNotLookedUpAgain() throws IOException {
        var lookups = new AtomicInteger();
        NameLookup.Names rebinding = (_, _) -> List.of(lookups.getAndIncrement() == 0 ? LOOPBACK : METADATA);
        var probe = new SocketNetworkProbe(fixture.settings(AMPLE), rebinding);
        try (var server = new LoopbackServer(LoopbackServer.https(fixture.authority.serverContext(TARGET)))) {
            assertThat(probe.probe(target(server.port()))).isInstanceOf(Reachable.class);
        }
        assertThat(lookups).hasValue(1);
    }

    @Test
    void theNextAddressIsTriedWhenOneRefuses() throws IOException {
        NameLookup.Names two = (_, _) -> List.of(InetAddress.ofLiteral("127.0.0.2"), LOOPBACK);
        var probe = new SocketNetworkProbe(fixture.settings(AMPLE), two);
        try (var server = new LoopbackServer(LoopbackServer.https(fixture.authority.serverContext(TARGET)))) {
            assertThat(probe.probe(target(server.port()))).isInstanceOf(Reachable.class);
        }
    }

    @Test
    void everyAddressThatIsNotAllowedGivesTheSameMessageAndIsNotDialled() throws IOException {
        try (var canary = new LoopbackServer(LoopbackServer.silent())) {
            var settings = ProbeFixture.strict();
            var results =
                    List.of(LOOPBACK, METADATA, InetAddress.ofLiteral("10.1.2.3"), InetAddress.ofLiteral("::1"))
                            .stream()
                            .map(it -> new SocketNetworkProbe(settings, (_, _) -> List.of(it))
                                    .probe(target(canary.port())))
                            .toList();

            assertThat(results.stream().map(DirectProbeTest::said).distinct()).hasSize(1);
            assertStopped(results.getFirst(), Stage.Address, Reason.AddressNotAllowed)
                    .contains("onboarding.network.allowed-ranges");
            assertThat(canary.accepted()).isZero();
        }
    }

    @Test
    void anInterruptionIsNoFinding() throws InterruptedException {
        var asked = new CountDownLatch(1);
        var probe = new SocketNetworkProbe(fixture.settings(AMPLE), (_, _) -> {
            asked.countDown();
            new CountDownLatch(1).await();
            return List.of();
        });
        var outcome = new FutureTask<>(() -> probe.probe(target(443)));
        var thread = Thread.ofVirtual().start(outcome);
        asked.await();

        thread.interrupt();

        assertThatThrownBy(outcome::get).hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    void anInterruptionDuringTheHandshakeIsNoFindingEither() throws Exception {
        try (var server = new LoopbackServer(LoopbackServer.silent())) {
            var probe = fixture.probe(AMPLE);
            var outcome = new FutureTask<>(() -> probe.probe(target(server.port())));
            var thread = Thread.ofVirtual().start(outcome);
            await().until(() -> server.accepted() == 1);

            thread.interrupt();

            assertThatThrownBy(outcome::get).hasCauseInstanceOf(CancellationException.class);
        }
    }

    private static List<Object> said(ProbeResult result) {
        var unreachable = (Unreachable) result;
        return List.of(
                unreachable.trace().from(),
                unreachable.stage(),
                unreachable.reason(),
                unreachable.message(),
                unreachable.next());
    }

    private static void fillBacklog(ServerSocket listener, List<Socket> waiting) throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
        for (int i = 0; i < 32; i++) {
            var socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(address, 200);
            } catch (SocketTimeoutException _) {
                return;
            }
        }
        throw new IllegalStateException("This system takes connections beyond the backlog");
    }
}
