package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A server that takes connections and never comes to an end with them. */
final class StuckServer implements AutoCloseable {

    /** How far it comes. */
    enum Behaviour {
        /** It takes the TCP connection and says nothing, not even TLS. */
        NO_HANDSHAKE,
        /** It reads the request and says nothing. */
        NO_ANSWER,
        /** Its header never ends. */
        HEADER_BYTE_BY_BYTE,
        /** Its body never ends. */
        BODY_BYTE_BY_BYTE
    }

    private final ServerSocket socket = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
    private final CertificateAuthority authority;
    private final Behaviour behaviour;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger accepted = new AtomicInteger();

    StuckServer(CertificateAuthority authority, Behaviour behaviour) throws IOException {
        this.authority = authority;
        this.behaviour = behaviour;
        Thread.ofVirtual().start(this::accept);
    }

    URI url(String scheme) {
        return URI.create(scheme + "://localhost:" + socket.getLocalPort());
    }

    /** How many connections the other side has not closed. */
    int open() {
        return open.size();
    }

    int accepted() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                accepted.incrementAndGet();
                open.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            if (behaviour == Behaviour.NO_HANDSHAKE) {
                readToTheEnd(connection);
            } else {
                try (SSLSocket secure = secured(connection)) {
                    dripForEver(secure);
                }
            }
        } catch (IOException e) {
            // The other side had enough.
        } finally {
            open.remove(connection);
        }
    }

    private void dripForEver(Socket connection) throws IOException {
        connection.getInputStream().read();
        if (behaviour == Behaviour.NO_ANSWER) {
            readToTheEnd(connection);
            return;
        }
        OutputStream out = connection.getOutputStream();
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n";
        out.write((behaviour == Behaviour.BODY_BYTE_BY_BYTE ? head + "\r\n{" : head + "X-Header: ")
                .getBytes(StandardCharsets.US_ASCII));
        while (true) {
            out.write(' ');
            out.flush();
            pause();
        }
    }

    private static void readToTheEnd(Socket connection) throws IOException {
        byte[] bytes = new byte[1024];
        while (connection.getInputStream().read(bytes) >= 0) {
            // Not of interest.
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        SSLSocketFactory factory = authority.serverContext("localhost").getSocketFactory();
        SSLSocket secure = (SSLSocket) factory.createSocket(plain, null, plain.getPort(), true);
        secure.setUseClientMode(false);
        return secure;
    }
}
