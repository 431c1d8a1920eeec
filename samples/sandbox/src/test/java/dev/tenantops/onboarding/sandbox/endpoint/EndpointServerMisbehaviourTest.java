package dev.tenantops.onboarding.sandbox.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.Answer;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.CloseAfterUpgrade;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.Cut;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.DropAfter;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.DropWhenIdle;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.EndlessHead;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.HangUp;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.NeverAnswer;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.Serve;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.SilentAfterUpgrade;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.SwallowUpgrade;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.WrongAccept;
import dev.tenantops.onboarding.sandbox.endpoint.HubClient.Conversation;
import dev.tenantops.onboarding.sandbox.process.Polling;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointServerMisbehaviourTest {

    /** How long silence is listened to. */
    private static final int BRIEFLY_MILLIS = 300;

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final EndpointServer server = EndpointServer.start(authority.serverContext("localhost", "127.0.0.1"));
    private final HubClient client = new HubClient(authority, server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void aSwallowedUpgradeIsAnsweredAsAnyRequest() throws IOException {
        server.behave(new SwallowUpgrade());
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.upgrade();
            assertThat(plain.head()).startsWith("HTTP/1.1 200 OK");
        }
        assertThat(server.upgradeHeaders()).isEqualTo(1);
        assertThat(server.upgrades()).isZero();
        assertThatThrownBy(() -> client.connect("/hub")).hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void aWrongAcceptIsNoProofOfAWebSocket() throws IOException {
        server.behave(new WrongAccept());
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.upgrade();
            assertThat(plain.head())
                    .startsWith("HTTP/1.1 101")
                    .containsIgnoringCase("sec-websocket-accept: ")
                    .doesNotContain("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        }
        assertThatThrownBy(() -> client.connect("/hub")).hasCauseInstanceOf(WebSocketHandshakeException.class);
    }

    @Test
    void aSilentWebSocketAnswersNoPing() throws IOException {
        server.behave(new SilentAfterUpgrade());
        server.timings(SignalRTimings.DEFAULT.handshakeTimeout(Duration.ofMillis(1)));
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.upgrade();
            assertThat(plain.head()).startsWith("HTTP/1.1 101").contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
            plain.ping();
            plain.patience(BRIEFLY_MILLIS);
            assertThatThrownBy(plain::read).isInstanceOf(SocketTimeoutException.class);
        }
        Polling.until(Duration.ofSeconds(20), () -> Optional.of(server.open()), open -> open == 0);
    }

    @Test
    void aWebSocketIsClosedForPolicyAsSoonAsItOpens() throws InterruptedException {
        server.behave(new CloseAfterUpgrade(1008, "not from here"));
        Conversation conversation = client.connect("/hub");
        assertThat(conversation.next()).isEqualTo("close 1008 not from here");
        Polling.until(Duration.ofSeconds(20), () -> Optional.of(server.open()), open -> open == 0);
    }

    @Test
    void aDroppedWebSocketEndsWithoutACloseFrameOrATlsAlert() throws IOException, InterruptedException {
        server.behave(new DropAfter(Duration.ofMillis(100), Cut.FIN));
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.upgrade();
            assertThat(plain.head()).startsWith("HTTP/1.1 101");
            long before = plain.received();
            assertThat(plain.read()).isEqualTo(-1);
            assertThat(plain.received()).isEqualTo(before);
        }
        server.behave(new DropAfter(Duration.ofMillis(100), Cut.RESET));
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.upgrade();
            assertThat(plain.head()).startsWith("HTTP/1.1 101");
            assertThatThrownBy(plain::read).isInstanceOf(SocketException.class);
        }
        assertThat(client.connect("/hub").next()).isEqualTo("error");
        assertThat(client.get("/").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void anIdleConnectionIsDroppedBeforeTlsToo(Cut cut) throws IOException {
        server.behave(new DropWhenIdle(Duration.ofMillis(200), cut));
        try (Socket bare =
                new Socket(server.address().getAddress(), server.address().getPort())) {
            if (cut == Cut.FIN) {
                assertThat(bare.getInputStream().read()).isEqualTo(-1);
            } else {
                assertThatThrownBy(bare.getInputStream()::read).isInstanceOf(SocketException.class);
            }
        }
    }

    @Test
    void anIdleConnectionIsDroppedWhateverItCarries() throws IOException, InterruptedException {
        server.behave(new DropWhenIdle(Duration.ofMillis(200), Cut.RESET));
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.get("");
            assertThat(plain.head()).startsWith("HTTP/1.1 200");
            plain.read(2);
            assertThatThrownBy(plain::read).isInstanceOf(SocketException.class);
        }
        assertThat(client.connect("/hub").next()).isEqualTo("error");
    }

    @Test
    void aBusyConnectionOutlivesTheTimeoutForIdleOnes() throws InterruptedException {
        server.behave(new DropWhenIdle(Duration.ofSeconds(1), Cut.FIN));
        server.timings(SignalRTimings.DEFAULT.keepAlive(Duration.ofMillis(50)));
        Conversation conversation = client.connect("/hub");
        conversation.say("{\"protocol\":\"json\",\"version\":1}\u001e");
        assertThat(conversation.next()).isEqualTo("text {}\u001e");
        for (int ping = 0; ping < 30; ping++) {
            assertThat(conversation.next()).isEqualTo("text {\"type\":6}\u001e");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404, 426, 500, 503})
    void everyRequestGetsTheSameStatus(int status) throws IOException, InterruptedException {
        server.behave(new Answer(status));
        assertThat(client.get("/").statusCode()).isEqualTo(status);
        assertThat(client.post("/hub/negotiate").statusCode()).isEqualTo(status);
        assertThatThrownBy(() -> client.connect("/hub"))
                .cause()
                .isInstanceOfSatisfying(
                        WebSocketHandshakeException.class,
                        refused ->
                                assertThat(refused.getResponse().statusCode()).isEqualTo(status));
        assertThat(server.negotiations()).isZero();
    }

    @Test
    void aCaptivePortalRedirects() throws IOException, InterruptedException {
        server.behave(Answer.redirectTo(URI.create("https://portal.example/login")));
        var response = client.get("/");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location")).hasValue("https://portal.example/login");
    }

    @Test
    void aRequestMayNeverBeAnswered() throws IOException {
        server.behave(new NeverAnswer());
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.upgrade();
            plain.patience(BRIEFLY_MILLIS);
            assertThatThrownBy(plain::read).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(server.requestHeads()).hasSize(1);
    }

    @Test
    void aRequestMayBeHungUpOn() throws IOException {
        server.behave(new HangUp());
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.get("");
            assertThat(plain.read()).isEqualTo(-1);
        }
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void aHeadMayNeverEnd() throws IOException {
        int megabyte = 1024 * 1024;
        server.behave(new EndlessHead(100));
        assertThat(startOfAnswer(megabyte).lines().skip(1).limit(1000))
                .allMatch(("X-Padding: " + "a".repeat(100))::equals);
        server.behave(new EndlessHead(Integer.MAX_VALUE));
        assertThat(startOfAnswer(megabyte).lines()).hasSize(2);
    }

    @Test
    void aConnectionKeepsTheBehaviourThatItBeganWith() throws IOException {
        try (TlsClient before = new TlsClient(authority, server)) {
            before.get("");
            before.head();
            before.read(2);
            server.behave(new Answer(503));
            before.get("");
            assertThat(before.head()).startsWith("HTTP/1.1 200");
            try (TlsClient after = new TlsClient(authority, server)) {
                after.get("");
                assertThat(after.head()).startsWith("HTTP/1.1 503");
            }
        }
        server.behave(new Serve());
        try (TlsClient recovered = new TlsClient(authority, server)) {
            recovered.get("");
            assertThat(recovered.head()).startsWith("HTTP/1.1 200");
        }
    }

    private String startOfAnswer(int bytes) throws IOException {
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.get("");
            String start = new String(plain.read(bytes), StandardCharsets.US_ASCII);
            assertThat(start).hasSize(bytes).startsWith("HTTP/1.1 200").doesNotContain("\r\n\r\n");
            return start;
        }
    }
}
