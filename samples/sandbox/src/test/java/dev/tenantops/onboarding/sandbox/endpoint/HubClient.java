package dev.tenantops.onboarding.sandbox.endpoint;

import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The JDK's own client of HTTP and WebSockets, which writes down in words what it hears. */
final class HubClient implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final HttpClient client;
    private final int port;

    HubClient(CertificateAuthority trusted, EndpointServer server) {
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(trusted.clientContext())
                .build();
        port = server.address().getPort();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return client.send(
                request(path).POST(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
    }

    /** Throws what the client throws when it gets no 101, wrapped in a CompletionException. */
    Conversation connect(String path) {
        Conversation conversation = new Conversation();
        conversation.socket = client.newWebSocketBuilder()
                .buildAsync(URI.create("wss://localhost:" + port + path), conversation)
                .join();
        return conversation;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path));
    }

    /** An open WebSocket. */
    static final class Conversation implements WebSocket.Listener {

        private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private WebSocket socket;

        void say(String text) {
            socket.sendText(text, true).join();
        }

        void sayPart(String text) {
            socket.sendText(text, false).join();
        }

        void sayBinary(String text) {
            socket.sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true)
                    .join();
        }

        void ping(String payload) {
            socket.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.US_ASCII)))
                    .join();
        }

        void close(int code) {
            socket.sendClose(code, "").join();
        }

        /** What comes next, such as {@code text {}}, {@code pong x}, {@code close 1000 } or {@code error}. */
        String next() throws InterruptedException {
            String next = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return next == null ? "nothing" : next;
        }

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            return hear(webSocket, "text " + data);
        }

        @Override
        public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer message) {
            return hear(webSocket, "pong " + StandardCharsets.US_ASCII.decode(message));
        }

        @Override
        public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
            return hear(webSocket, "close " + code + " " + reason);
        }

        @Override
        public void onError(WebSocket webSocket, Throwable error) {
            heard.add("error");
        }

        private CompletionStage<?> hear(WebSocket webSocket, String event) {
            heard.add(event);
            webSocket.request(1);
            return null;
        }
    }
}
