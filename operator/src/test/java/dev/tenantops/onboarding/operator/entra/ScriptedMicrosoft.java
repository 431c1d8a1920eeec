package dev.tenantops.onboarding.operator.entra;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A server that answers what a test says, for what a faithful simulator would never answer. */
final class ScriptedMicrosoft implements AutoCloseable {

    /** A request as it arrived. */
    record Request(String method, String path, Map<String, List<String>> headers, String body) {}

    /** An answer, word for word. */
    record Answer(int status, Map<String, String> headers, String body) {

        static Answer json(String body) {
            return new Answer(200, Map.of("Content-Type", "application/json"), body);
        }

        static Answer token(String token, long expiresInSeconds) {
            return json("{\"token_type\":\"Bearer\",\"expires_in\":%d,\"access_token\":\"%s\"}"
                    .formatted(expiresInSeconds, token));
        }
    }

    private final List<Request> received = new CopyOnWriteArrayList<>();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpsServer server;
    private volatile Function<Request, Answer> script = request -> new Answer(404, Map.of(), "");

    private ScriptedMicrosoft(CertificateAuthority authority) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext("localhost", "127.0.0.1")));
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    static ScriptedMicrosoft start(CertificateAuthority authority) throws IOException {
        return new ScriptedMicrosoft(authority);
    }

    CloudEndpoints cloud() {
        return new CloudEndpoints(Cloud.Custom, url(), url());
    }

    URI url() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    void answer(Function<Request, Answer> answers) {
        script = answers;
    }

    List<Request> received() {
        return received;
    }

    /** The connections that requests came over, by the client's end of them. */
    Set<InetSocketAddress> connections() {
        return connections;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Request request = new Request(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            received.add(request);
            connections.add(exchange.getRemoteAddress());
            Answer answer = script.apply(request);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
