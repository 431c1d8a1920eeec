package dev.tenantops.onboarding.sandbox.microsoft.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/**
 * HTTPS on the loopback interface, one virtual thread per request. The JDK's server sends header names in a case of its
 * own, such as {@code Retry-after}; clients that show them as they came, as msal4j does, show them so.
 */
public final class WebServer implements AutoCloseable {

    private static final Logger LOG = System.getLogger(WebServer.class.getName());
    private static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;
    private static final int BACKLOG = 1024;
    private static final byte[] WHITE_SPACE = " ".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII);

    private final HttpsServer server;
    private final ExecutorService threads;

    private WebServer(HttpsServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** @param port 0 for any free one */
    public static WebServer start(SSLContext tls, int port, Function<WebRequest, WebResponse> handler) {
        tune();
        try {
            HttpsServer server =
                    HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
            server.setHttpsConfigurator(new HttpsConfigurator(tls));
            server.setExecutor(threads);
            server.createContext("/", exchange -> serve(exchange, handler));
            server.start();
            return new WebServer(server, threads);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + port + " of the loopback interface", e);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /**
     * The JDK's server reads these once per process. Without nodelay every answer waits for the peer's delayed
     * acknowledgement; a short idle interval closes pooled connections under the client's hands.
     */
    private static void tune() {
        setIfAbsent("sun.net.httpserver.nodelay", "true");
        setIfAbsent("sun.net.httpserver.idleInterval", "300");
    }

    private static void setIfAbsent(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private static void serve(HttpExchange exchange, Function<WebRequest, WebResponse> handler) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readNBytes(MAX_REQUEST_BYTES);
            if (body.length == MAX_REQUEST_BYTES) {
                send(exchange, WebResponse.empty(413));
                return;
            }
            send(exchange, answer(request(exchange, body), handler));
        }
    }

    private static WebRequest request(HttpExchange exchange, byte[] body) {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        URI uri = exchange.getRequestURI();
        return new WebRequest(exchange.getRequestMethod(), uri.getRawPath(), uri.getRawQuery(), headers, body);
    }

    private static WebResponse answer(WebRequest request, Function<WebRequest, WebResponse> handler) {
        try {
            return handler.apply(request);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The simulator failed at " + request.method() + " " + request.path(), e);
            return WebResponse.of(
                    500,
                    "text/plain; charset=utf-8",
                    "The simulator itself failed; its log says why.".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void send(HttpExchange exchange, WebResponse response) throws IOException {
        WebResponse.Delivery delivery = response.delivery();
        if (delivery.dropped()) {
            return;
        }
        response.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = response.body();
        long length = body.length + delivery.padding();
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(response.status(), length == 0 || head ? -1 : length);
        if (length == 0 || head) {
            return;
        }
        OutputStream out = exchange.getResponseBody();
        pad(out, delivery.padding());
        out.write(body, 0, delivery.truncated() ? body.length / 2 : body.length);
        if (delivery.truncated()) {
            out.flush();
        }
    }

    private static void pad(OutputStream out, long bytes) throws IOException {
        for (long left = bytes; left > 0; left -= WHITE_SPACE.length) {
            out.write(WHITE_SPACE, 0, (int) Math.min(left, WHITE_SPACE.length));
        }
    }
}
