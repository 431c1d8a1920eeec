package dev.tenantops.onboarding.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * Stands in for a vendor's endpoints over TLS: answers every HTTP request with 200, and accepts a WebSocket upgrade,
 * whose connection it then holds open until the client ends it.
 */
public final class EndpointServer implements AutoCloseable {

    private static final int MAX_HEAD_BYTES = 16 * 1024;
    private static final int IDLE_MILLIS = 60_000;
    /** RFC 6455, section 1.3. */
    private static final String WEBSOCKET_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final SSLServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger upgrades = new AtomicInteger();
    private volatile boolean closed;

    private EndpointServer(SSLServerSocket server) {
        this.server = server;
    }

    /** Starts on a free port of the loopback address, with the certificate of the given context. */
    public static EndpointServer start(SSLContext context) {
        try {
            EndpointServer endpoint = new EndpointServer((SSLServerSocket)
                    context.getServerSocketFactory().createServerSocket(0, 128, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("endpoint-server").start(endpoint::accept);
            return endpoint;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** How many requests were answered, WebSocket upgrades included. */
    public int requests() {
        return requests.get();
    }

    /** How many WebSocket upgrades were accepted. */
    public int upgrades() {
        return upgrades.get();
    }

    @Override
    public void close() {
        closed = true;
        closeQuietly(server);
        connections.forEach(EndpointServer::closeQuietly);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(IDLE_MILLIS);
            Map<String, String> headers = readHead(connection.getInputStream());
            while (!headers.isEmpty()) {
                requests.incrementAndGet();
                String key = headers.get("sec-websocket-key");
                if ("websocket".equalsIgnoreCase(headers.get("upgrade")) && key != null) {
                    upgrades.incrementAndGet();
                    respond(connection.getOutputStream(), """
                            HTTP/1.1 101 Switching Protocols
                            Upgrade: websocket
                            Connection: Upgrade
                            Sec-WebSocket-Accept: %s

                            """.formatted(acceptValue(key)));
                    connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                    return;
                }
                respond(connection.getOutputStream(), """
                        HTTP/1.1 200 OK
                        Content-Type: text/plain
                        Content-Length: 2

                        ok""");
                headers = readHead(connection.getInputStream());
            }
        } catch (IOException e) {
            // A client that leaves, or one that does not trust the certificate, is none of this server's business.
        } finally {
            connections.remove(connection);
        }
    }

    /** The headers of the next request by lower-case name, and its request line under the empty name; empty at the end. */
    private static Map<String, String> readHead(InputStream input) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        StringBuilder line = new StringBuilder();
        for (int read = 0; read < MAX_HEAD_BYTES; read++) {
            int next = input.read();
            if (next == -1) {
                return Map.of();
            }
            if (next == '\n') {
                if (line.isEmpty()) {
                    return headers;
                }
                int colon = headers.isEmpty() ? -1 : line.indexOf(":");
                String name = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
                headers.put(name, line.substring(colon + 1).strip());
                line.setLength(0);
            } else if (next != '\r') {
                line.append((char) next);
            }
        }
        throw new IOException("the request's head is longer than " + MAX_HEAD_BYTES + " bytes");
    }

    private static void respond(OutputStream output, String response) throws IOException {
        output.write(response.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        output.flush();
    }

    private static String acceptValue(String key) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder()
                    .encodeToString(sha1.digest((key + WEBSOCKET_GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-1", e);
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // Closing is all that was wanted.
        }
    }
}
