package dev.tenantops.onboarding.operator.network;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A proxy that does its work, leads every tunnel to one origin, and keeps what it was told. */
final class RelayingProxy implements LoopbackServer.Session {

    private final int originPort;
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream forwarded = new ByteArrayOutputStream();

    private final boolean asking;

    RelayingProxy(int originPort) {
        this(originPort, false);
    }

    private RelayingProxy(int originPort, boolean asking) {
        this.originPort = originPort;
        this.asking = asking;
    }

    /** Answers 407 to whoever shows no credentials, and closes the connection as many proxies do. */
    static RelayingProxy askingForCredentials(int originPort) {
        return new RelayingProxy(originPort, true);
    }

    /** The headers of the CONNECT requests. */
    Queue<String> requests() {
        return requests;
    }

    /** What went on to the origin. */
    String forwarded() {
        return forwarded.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void serve(Socket client) throws IOException {
        String request = LoopbackServer.header(client.getInputStream());
        requests.add(request);
        if (asking && !request.contains("Proxy-Authorization: ")) {
            client.getOutputStream()
                    .write("HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"test\"\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return;
        }
        try (Socket origin = new Socket(InetAddress.getLoopbackAddress(), originPort)) {
            client.getOutputStream()
                    .write("HTTP/1.1 200 Connection established\r\nVia: 1.1 test\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            Thread.ofVirtual().start(() -> relay(origin, client));
            InputStream in = client.getInputStream();
            OutputStream out = origin.getOutputStream();
            byte[] buffer = new byte[4096];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                forwarded.write(buffer, 0, length);
                out.write(buffer, 0, length);
            }
        }
    }

    private static void relay(Socket origin, Socket client) {
        try (origin;
                client) {
            origin.getInputStream().transferTo(client.getOutputStream());
        } catch (IOException _) {
            // One of them left.
        }
    }
}
