package dev.tenantops.onboarding.operator.network.proxies;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Asks a proxy for a tunnel, with nothing but a socket. */
record TunnelRequest(URI proxy, SSLContext trusting, String target, List<String> headers) {

    /** What the proxy said, up to the empty line, and the connection that it said it on. Nothing said is empty. */
    record Answer(String head, Socket connection, String host) implements AutoCloseable {

        String statusLine() {
            return head.lines().findFirst().orElse("");
        }

        /** The values of a header, which may be there more than once. */
        List<String> header(String name) {
            return head.lines()
                    .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .toList();
        }

        /** Speaks TLS with the host of the target through the tunnel; gives the head of its answer to a GET. */
        String exchange(SSLContext trusting, String headers) throws IOException {
            Socket socket = secured(connection, host, trusting.getSocketFactory());
            String request = "GET / HTTP/1.1\nHost: " + host + "\n" + headers + "\n";
            socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
            return TunnelRequest.head(socket.getInputStream());
        }

        /** Whether the other side ends the connection, in whatever manner, while this one waits for a byte. */
        boolean endsWhileIdle() throws IOException {
            try {
                connection.getInputStream().transferTo(OutputStream.nullOutputStream());
                return true;
            } catch (SocketTimeoutException _) {
                return false;
            } catch (SocketException _) {
                return true;
            }
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    private static final int READ_MILLIS = 30_000;

    static TunnelRequest through(RealProxy proxy, SSLContext trusting, String target) {
        return new TunnelRequest(proxy.url(), trusting, target, List.of());
    }

    TunnelRequest authenticated(String username, String password) {
        List<String> more = new ArrayList<>(headers);
        more.add("Proxy-Authorization: Basic "
                + Base64.getEncoder().encodeToString((username + ":" + password).getBytes(StandardCharsets.UTF_8)));
        return new TunnelRequest(proxy, trusting, target, more);
    }

    Answer send() throws IOException {
        Socket socket = new Socket(proxy.getHost(), proxy.getPort());
        socket.setSoTimeout(READ_MILLIS);
        if (proxy.getScheme().equals("https")) {
            socket = secured(socket, proxy.getHost(), trusting.getSocketFactory());
        }
        StringBuilder request = new StringBuilder("CONNECT %1$s HTTP/1.1\r\nHost: %1$s\r\n".formatted(target));
        headers.forEach(header -> request.append(header).append("\r\n"));
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        return new Answer(head(socket.getInputStream()), socket, target.substring(0, target.lastIndexOf(':')));
    }

    private static SSLSocket secured(Socket plain, String name, SSLSocketFactory factory) throws IOException {
        SSLSocket socket = (SSLSocket) factory.createSocket(plain, name, plain.getPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return text;
            }
            head.write(next);
            text = head.toString(StandardCharsets.ISO_8859_1);
        }
        return text;
    }
}
