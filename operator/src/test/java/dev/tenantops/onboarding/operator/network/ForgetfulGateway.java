package dev.tenantops.onboarding.operator.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before a server of this machine like a gateway that translates addresses: what it forgets goes nowhere from then
 * on, and neither end is told.
 */
public final class ForgetfulGateway implements AutoCloseable {

    private final int server;
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Passage> passages = new ConcurrentLinkedQueue<>();
    private final AtomicInteger closedByClients = new AtomicInteger();

    private static final class Passage {
        private final Socket client;
        private final Socket server;
        private volatile boolean forgotten;

        Passage(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }
    }

    public ForgetfulGateway(int server) throws IOException {
        this.server = server;
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Forgets every connection that there is. Later ones work. */
    public void forget() {
        passages.forEach(it -> it.forgotten = true);
    }

    /** How many connections were made through it. */
    public int connections() {
        return passages.size();
    }

    /** How many of them their clients have closed. */
    public int closedByClients() {
        return closedByClients.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Passage passage : passages) {
            passage.client.close();
            passage.server.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                Passage passage = new Passage(client, new Socket(InetAddress.getLoopbackAddress(), server));
                passages.add(passage);
                Thread.ofVirtual().start(() -> {
                    relay(passage, passage.client, passage.server);
                    closedByClients.incrementAndGet();
                });
                Thread.ofVirtual().start(() -> relay(passage, passage.server, passage.client));
            }
        } catch (IOException _) {
            // Closed.
        }
    }

    private static void relay(Passage passage, Socket from, Socket to) {
        byte[] buffer = new byte[4096];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (!passage.forgotten) {
                    out.write(buffer, 0, length);
                }
            }
            if (!passage.forgotten) {
                to.shutdownOutput();
            }
        } catch (IOException | UncheckedIOException _) {
            // One of them left.
        }
    }
}
