package dev.tenantops.onboarding.sandbox.endpoint;

import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLSocket;

/** A plain TLS socket, for what a proper client would not let through. */
final class TlsClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;
    /** A ping without payload; the mask of an empty payload may be anything (RFC 6455, section 5.2). */
    private static final byte[] PING = {(byte) 0x89, (byte) 0x80, 1, 2, 3, 4};

    private final AtomicLong received = new AtomicLong();
    private final SSLSocket socket;

    TlsClient(CertificateAuthority trusted, EndpointServer server) throws IOException {
        Socket network = new CountingSocket();
        network.connect(server.address());
        socket = (SSLSocket) trusted.clientContext()
                .getSocketFactory()
                .createSocket(network, "localhost", server.address().getPort(), true);
        patience(PATIENCE_MILLIS);
        socket.startHandshake();
    }

    /** How many bytes came from the network until now, those of TLS itself included. */
    long received() {
        return received.get();
    }

    void patience(int millis) throws IOException {
        socket.setSoTimeout(millis);
    }

    void get(String headers) throws IOException {
        send("GET /client/?hub=calls HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n");
    }

    /** The key is the example of RFC 6455, section 1.3, whose right answer is {@code s3pPLMBiTxaQ9kYGzzhZRbK+xOo=}. */
    void upgrade() throws IOException {
        get("Upgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    }

    void ping() throws IOException {
        socket.getOutputStream().write(PING);
        socket.getOutputStream().flush();
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** The next byte, or -1 when the server ended the TLS session properly. */
    int read() throws IOException {
        return socket.getInputStream().read();
    }

    byte[] read(int bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes);
    }

    /** The head of the next response; as much as came if the connection ends within. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = read();
            if (next == -1) {
                break;
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private final class CountingSocket extends Socket {
        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    int next = in.read();
                    received.addAndGet(next < 0 ? 0 : 1);
                    return next;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int count = in.read(buffer, offset, length);
                    received.addAndGet(Math.max(0, count));
                    return count;
                }
            };
        }
    }
}
