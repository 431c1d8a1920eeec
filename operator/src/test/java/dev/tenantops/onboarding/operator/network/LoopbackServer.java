package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server on the loopback interface that behaves as badly as its session does. */
final class LoopbackServer implements AutoCloseable {

    /** Serves one connection, which is closed afterwards. */
    @FunctionalInterface
    interface Session {
        void serve(Socket socket) throws IOException;
    }

    private static final Pattern SERVER_NAME = Pattern.compile("[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.(?:com|invalid)");

    private final ServerSocket listener;
    private final Session session;
    private final AtomicInteger accepted = new AtomicInteger();
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

    LoopbackServer(Session session) {
        this.session = session;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                accepted.incrementAndGet();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            session.serve(socket);
        } catch (IOException _) {
            // The client hung up, which many of these tests make it do.
        }
    }

    /** Takes the request and says nothing. */
    static Session silent() {
        return socket -> drain(socket.getInputStream());
    }

    /** Hangs up once the request is there. */
    static Session closing() {
        return socket -> header(socket.getInputStream());
    }

    /** Hangs up on the first byte. */
    static Session hangingUp() {
        return socket -> {
            socket.getInputStream().read();
        };
    }

    /** Answers the request and then waits for the client to leave. */
    static Session answering(String answer) {
        return socket -> {
            header(socket.getInputStream());
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            drain(socket.getInputStream());
        };
    }

    /** Begins an answer and then sends a byte now and then, for as long as it can. */
    static Session dripping(byte... beginning) {
        return socket -> {
            InputStream in = socket.getInputStream();
            in.read();
            OutputStream out = socket.getOutputStream();
            out.write(beginning);
            socket.setSoTimeout(20);
            while (true) {
                try {
                    if (in.read() < 0) {
                        return;
                    }
                } catch (SocketTimeoutException _) {
                    out.write('x');
                }
            }
        };
    }

    /** An endpoint that has a page. */
    static Session https(SSLContext context) {
        return over(context, answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
    }

    /** Another session over TLS, such as a proxy that is spoken to over https. */
    static Session over(SSLContext context, Session session) {
        return socket -> session.serve(secured(context, socket));
    }

    /** What inspects TLS: it makes a certificate for whatever name is asked for, and sends it without its issuer's. */
    static Session minting(CertificateAuthority authority) {
        return socket -> {
            byte[] hello = record(socket.getInputStream());
            Matcher name = SERVER_NAME.matcher(new String(hello, StandardCharsets.ISO_8859_1));
            SSLContext context = authority.serverContextWithoutChain(name.find() ? name.group() : "localhost");
            SSLSocket secured =
                    (SSLSocket) context.getSocketFactory().createSocket(socket, new ByteArrayInputStream(hello), true);
            secured.setUseClientMode(false);
            answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").serve(secured);
        };
    }

    /** One record of TLS, with its header. */
    private static byte[] record(InputStream in) throws IOException {
        byte[] header = in.readNBytes(5);
        int length = (header[3] & 0xFF) << Byte.SIZE | header[4] & 0xFF;
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.write(header);
        record.write(in.readNBytes(length));
        return record.toByteArray();
    }

    static String header(InputStream in) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        while (!header.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The request ended early");
            }
            header.write(next);
        }
        return header.toString(StandardCharsets.ISO_8859_1);
    }

    private static SSLSocket secured(SSLContext context, Socket socket) throws IOException {
        SSLSocket secured = (SSLSocket) context.getSocketFactory().createSocket(socket, null, socket.getPort(), true);
        secured.setUseClientMode(false);
        return secured;
    }

    private static void drain(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }
}
