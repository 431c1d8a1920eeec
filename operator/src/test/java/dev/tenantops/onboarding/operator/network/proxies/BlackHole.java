package dev.tenantops.onboarding.operator.network.proxies;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A port of 127.0.0.1 that answers no attempt to connect, neither with yes nor with no: its queue of connections to
 * accept is full, and then Linux drops what else arrives (listen(2)).
 */
public final class BlackHole implements AutoCloseable {

    /** The queue takes one more than it is asked for; the rest make certain that it is full. */
    private static final int FILLING = 4;

    private final ServerSocket listener;
    private final List<SocketChannel> filling = new ArrayList<>();

    private BlackHole(ServerSocket listener) {
        this.listener = listener;
    }

    public static BlackHole open() {
        try {
            BlackHole hole = new BlackHole(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            for (int i = 0; i < FILLING; i++) {
                SocketChannel channel = SocketChannel.open();
                hole.filling.add(channel);
                channel.configureBlocking(false);
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hole.port()));
            }
            return hole;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : filling) {
            channel.close();
        }
        listener.close();
    }
}
