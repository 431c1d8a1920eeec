package dev.tenantops.onboarding.sandbox.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.sandbox.endpoint.HubClient.Conversation;
import dev.tenantops.onboarding.sandbox.process.Polling;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointServerTest {

    private static final String HANDSHAKE = "{\"protocol\":\"json\",\"version\":1}\u001e";
    private static final String PING = "text {\"type\":6}\u001e";

    private final CertificateAuthority authority = CertificateAuthority.create("Test authority");
    private final EndpointServer server = EndpointServer.start(authority.serverContext("localhost"));
    private final HubClient client = new HubClient(authority, server);

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    @Test
    void negotiatesAConnectionThatThenSpeaksSignalR() throws IOException, InterruptedException {
        HttpResponse<String> negotiation = client.post("/client/negotiate?hub=calls&negotiateVersion=1");
        JsonNode body = new ObjectMapper().readTree(negotiation.body());
        assertThat(negotiation.statusCode()).isEqualTo(200);
        assertThat(negotiation.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(body.get("negotiateVersion").intValue()).isEqualTo(1);
        assertThat(body.get("connectionId").textValue())
                .isNotEmpty()
                .isNotEqualTo(body.get("connectionToken").textValue());
        assertThat(body.get("availableTransports").toString())
                .isEqualTo("[{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\",\"Binary\"]}]");

        Conversation conversation = client.connect(
                "/client/?hub=calls&id=" + body.get("connectionToken").textValue());
        conversation.say(HANDSHAKE);
        assertThat(conversation.next()).isEqualTo("text {}\u001e");
        assertThat(server.negotiations()).isEqualTo(1);
        assertThat(server.upgrades()).isEqualTo(1);
        assertThat(server.handshakes()).isEqualTo(1);
    }

    @Test
    void aNegotiationOfVersionZeroHasNoToken() throws IOException, InterruptedException {
        JsonNode body =
                new ObjectMapper().readTree(client.post("/hub/negotiate").body());
        assertThat(body.get("negotiateVersion").intValue()).isZero();
        assertThat(body.has("connectionId")).isTrue();
        assertThat(body.has("connectionToken")).isFalse();
    }

    @Test
    void keepsAConnectionAliveAfterTheHandshake() throws InterruptedException {
        server.timings(SignalRTimings.DEFAULT.keepAlive(Duration.ofMillis(50)));
        Conversation conversation = client.connect("/any/path");
        conversation.say(HANDSHAKE);
        assertThat(conversation.next()).isEqualTo("text {}\u001e");
        assertThat(conversation.next()).isEqualTo(PING);
        assertThat(conversation.next()).isEqualTo(PING);
    }

    @Test
    void aHandshakeMayComeInPartsAndAsBytes() throws InterruptedException {
        Conversation inParts = client.connect("/hub");
        inParts.sayPart("{\"protocol\":\"json\",");
        inParts.say("\"version\":1}");
        inParts.say("\u001e");
        assertThat(inParts.next()).isEqualTo("text {}\u001e");

        Conversation asBytes = client.connect("/hub");
        asBytes.sayBinary(HANDSHAKE);
        assertThat(asBytes.next()).isEqualTo("text {}\u001e");
    }

    @Test
    void answersPingsOfTheWebSocketLayerBeforeTheHandshake() throws InterruptedException {
        Conversation conversation = client.connect("/hub");
        conversation.ping("are you there");
        assertThat(conversation.next()).isEqualTo("pong are you there");
        assertThat(server.handshakes()).isZero();
    }

    @Test
    void pingsOfTheWebSocketLayerDoNotReplaceTheHandshake() throws InterruptedException {
        server.timings(SignalRTimings.DEFAULT.handshakeTimeout(Duration.ofMillis(500)));
        Conversation conversation = client.connect("/hub");
        conversation.ping("x");
        assertThat(conversation.next()).isEqualTo("pong x");
        assertThat(conversation.next()).isEqualTo("text {\"error\":\"Handshake was canceled.\"}\u001e");
        assertThat(conversation.next()).isEqualTo("close 1000 ");
    }

    @Test
    void refusesAHandshakeForAnotherProtocolOrVersionOrNone() throws InterruptedException {
        assertThat(refusalOf("{\"protocol\":\"messagepack\",\"version\":1}")).contains("messagepack");
        assertThat(refusalOf("{\"protocol\":\"json\",\"version\":2}")).contains("version 2");
        assertThat(refusalOf("{\"type\":6}")).contains("handshake");
        assertThat(refusalOf("not JSON")).contains("handshake");
        assertThat(refusalOf("")).contains("handshake");
        assertThat(server.handshakes()).isZero();
    }

    @Test
    void aClientMayCloseTheWebSocketOrSignalR() throws InterruptedException {
        Conversation closesTheWebSocket = client.connect("/hub");
        assertThat(server.open()).isEqualTo(1);
        closesTheWebSocket.close(1001);
        assertThat(closesTheWebSocket.next()).isEqualTo("close 1001 ");

        Conversation closesSignalR = client.connect("/hub");
        closesSignalR.say(HANDSHAKE);
        assertThat(closesSignalR.next()).isEqualTo("text {}\u001e");
        closesSignalR.say("{\"type\":7}\u001e");
        assertThat(closesSignalR.next()).isEqualTo("close 1000 ");
        Polling.until(Duration.ofSeconds(20), () -> Optional.of(server.open()), open -> open == 0);
    }

    @Test
    void answersManyRequestsOnOneConnectionAndEndsItWhenAsked() throws IOException {
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.get("");
            assertThat(plain.head()).startsWith("HTTP/1.1 200 OK").contains("content-length: 2\r\n");
            assertThat(plain.read(2)).asString().isEqualTo("OK");
            plain.get("Connection: close\r\n");
            assertThat(plain.head()).startsWith("HTTP/1.1 200 OK");
            plain.read(2);
            assertThat(plain.read()).isEqualTo(-1);
        }
        assertThat(server.requests()).isEqualTo(2);
        assertThat(server.upgradeHeaders()).isZero();
    }

    @Test
    void remembersHeadsAsTheyCame() throws IOException {
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.get("X-Mixed-Case: Value\r\nx-mixed-case: again\r\n");
            plain.head();
        }
        assertThat(server.requestHeads()).containsExactly("""
                GET /client/?hub=calls HTTP/1.1\r
                Host: localhost\r
                X-Mixed-Case: Value\r
                x-mixed-case: again\r
                """);
    }

    @Test
    void remembersTheLastThousandHeads() throws IOException {
        try (TlsClient plain = new TlsClient(authority, server)) {
            for (int request = 0; request < 1001; request++) {
                plain.get("X-Number: " + request + "\r\n");
                plain.head();
                plain.read(2);
            }
        }
        assertThat(server.requestHeads()).hasSize(1000);
        assertThat(server.requestHeads().getFirst()).contains("X-Number: 1\r\n");
        assertThat(server.requestHeads().getLast()).contains("X-Number: 1000\r\n");
    }

    @Test
    void anUpgradeOfAnotherVersionOrWithoutAKeyIsRefused() throws IOException {
        String upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\n";
        try (TlsClient plain = new TlsClient(authority, server)) {
            plain.get(upgrade + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
            assertThat(plain.head()).startsWith("HTTP/1.1 426").containsIgnoringCase("sec-websocket-version: 13\r\n");
        }
        for (String key : new String[] {"", "Sec-WebSocket-Key: c2hvcnQ=\r\n", "Sec-WebSocket-Key: !\r\n"}) {
            try (TlsClient plain = new TlsClient(authority, server)) {
                plain.get(upgrade + "Sec-WebSocket-Version: 13\r\n" + key);
                assertThat(plain.head()).startsWith("HTTP/1.1 400");
            }
        }
        assertThat(server.upgrades()).isZero();
        assertThat(server.upgradeHeaders()).isEqualTo(4);
    }

    private String refusalOf(String handshake) throws InterruptedException {
        Conversation conversation = client.connect("/hub");
        conversation.say(handshake + "\u001e");
        String refusal = conversation.next();
        assertThat(refusal).startsWith("text {\"error\":").endsWith("}\u001e");
        assertThat(conversation.next()).isEqualTo("close 1000 ");
        return refusal;
    }
}
