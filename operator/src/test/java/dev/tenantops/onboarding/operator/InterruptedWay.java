package dev.tenantops.onboarding.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** A way to a server of this machine that can be cut, and on which nothing may arrive while it is held. */
final class InterruptedWay implements AutoCloseable {

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile ServerSocket listening;
    private volatile boolean held;

    InterruptedWay(int target) {
        this.target = target;
        this.listening = listen(0);
        this.port = listening.getLocalPort();
        accept(listening);
    }

    int port() {
        return port;
    }

    /** Refuses every connection, and ends those that there are. */
    void cut() {
        close();
    }

    void mend() {
        held = false;
        if (listening.isClosed()) {
            listening = listen(port);
            accept(listening);
        }
    }

    /** Takes connections and bytes, and hands on none. */
    void hold() {
        held = true;
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            sockets.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ServerSocket listen(int port) {
        try {
            var socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    var client = from.accept();
                    var server = new Socket(InetAddress.getLoopbackAddress(), target);
                    sockets.add(client);
                    sockets.add(server);
                    Thread.ofVirtual().start(() -> pass(client, server));
                    Thread.ofVirtual().start(() -> pass(server, client));
                }
            } catch (IOException _) {
                // It was cut.
            }
        });
    }

    private void pass(Socket from, Socket to) {
        var bytes = new byte[16384];
        try (from;
                to) {
            for (int count = from.getInputStream().read(bytes);
                    count >= 0;
                    count = from.getInputStream().read(bytes)) {
                while (held) {
                    LockSupport.parkNanos(10_000_000);
                }
                to.getOutputStream().write(bytes, 0, count);
            }
        } catch (IOException _) {
            // Either side has ended.
        }
        sockets.remove(from);
        sockets.remove(to);
    }
}
