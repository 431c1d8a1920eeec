package dev.tenantops.onboarding.sandbox.endpoint;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Stands in for a vendor's endpoints over TLS: answers every HTTP request with 200, negotiates SignalR connections, and
 * speaks SignalR with whoever upgrades to a WebSocket on any path, with or without a negotiation. Misbehaves on demand.
 */
public final class EndpointServer implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int SHUTDOWN_SECONDS = 5;

    private final EndpointTraffic traffic = new EndpointTraffic();
    private final EventLoopGroup threads =
            new NioEventLoopGroup(THREADS, new DefaultThreadFactory("endpoint-server", true));
    private final EndpointConnections connections;
    private final Channel listener;

    private EndpointServer(SSLContext context) {
        connections = new EndpointConnections(context, traffic);
        listener = new ServerBootstrap()
                .group(threads)
                .channel(NioServerSocketChannel.class)
                .childHandler(connections)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** Starts on a free port of the loopback address, with the certificate of the given context. */
    public static EndpointServer start(SSLContext context) {
        return new EndpointServer(context);
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Changes what happens to new connections. Open ones keep what they began with. */
    public void behave(EndpointBehaviour next) {
        connections.behave(next);
    }

    /** Changes when SignalR speaks by itself on new connections; {@link SignalRTimings#DEFAULT} at first. */
    public void timings(SignalRTimings next) {
        connections.timings(next);
    }

    /** How many requests were read, WebSocket upgrades included, whatever the answer. */
    public int requests() {
        return traffic.requests();
    }

    /** How many requests carried {@code Upgrade: websocket}, whatever the answer. */
    public int upgradeHeaders() {
        return traffic.upgradeHeaders();
    }

    /** How many WebSocket upgrades were accepted. */
    public int upgrades() {
        return traffic.upgrades();
    }

    /** How many WebSockets are open now. */
    public int open() {
        return traffic.open();
    }

    /** How many SignalR negotiations were answered. */
    public int negotiations() {
        return traffic.negotiations();
    }

    /** How many SignalR handshakes were accepted. */
    public int handshakes() {
        return traffic.handshakes();
    }

    /** See {@link EndpointTraffic#requestHeads()}. */
    public List<String> requestHeads() {
        return traffic.requestHeads();
    }

    @Override
    public void close() {
        threads.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
