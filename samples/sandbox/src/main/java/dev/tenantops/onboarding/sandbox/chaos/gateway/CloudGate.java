package dev.tenantops.onboarding.sandbox.chaos.gateway;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Passes connections on to the simulated cloud, byte by byte and unread, or does with them what networks do. */
public final class CloudGate implements AutoCloseable {

    private static final long SECOND = 1000;

    /** What becomes of connections. */
    public enum Way {
        /** They are passed on. */
        OPEN,
        /** They are closed at once. */
        CLOSED,
        /** Nothing ever comes back. */
        SILENT,
        /** One byte a second comes back. */
        TRICKLE,
        /** They end at a server whose certificate has expired. */
        EXPIRED
    }

    private final Vertx vertx =
            Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final int cloud;
    private final int port;
    private final HttpsServer expired;
    private volatile Way way = Way.OPEN;

    /** @param cloud where the simulated cloud listens */
    public CloudGate(URI cloud, CertificateAuthority authority) {
        this.cloud = cloud.getPort();
        this.expired = expired(authority);
        try {
            this.port = vertx.createNetServer(new NetServerOptions().setHost("127.0.0.1"))
                    .connectHandler(this::accept)
                    .listen(0)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(1, TimeUnit.MINUTES)
                    .actualPort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while opening the gate to the cloud", e);
        } catch (Exception e) {
            throw new IllegalStateException("the gate to the cloud cannot be opened", e);
        }
    }

    private static HttpsServer expired(CertificateAuthority authority) {
        try {
            HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(authority.expiredServerContext("localhost")));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the operator finds the cloud. */
    public URI url() {
        return URI.create("https://localhost:" + port);
    }

    /** Changes what becomes of connections, and ends those that are open. */
    public void go(Way next) {
        way = next;
        disconnect();
    }

    public void disconnect() {
        List.copyOf(sockets).forEach(NetSocket::close);
    }

    private void accept(NetSocket socket) {
        sockets.add(socket);
        socket.closeHandler(_ -> sockets.remove(socket));
        socket.exceptionHandler(_ -> {});
        switch (way) {
            case OPEN -> join(socket, cloud, false);
            case CLOSED -> socket.close();
            case SILENT -> socket.handler(_ -> {});
            case TRICKLE -> join(socket, cloud, true);
            case EXPIRED -> join(socket, expired.getAddress().getPort(), false);
        }
    }

    private void join(NetSocket socket, int to, boolean slowly) {
        socket.pause();
        client.connect(to, "127.0.0.1")
                .onSuccess(server -> {
                    server.exceptionHandler(_ -> {});
                    server.closeHandler(_ -> socket.close());
                    socket.closeHandler(_ -> {
                        sockets.remove(socket);
                        server.close();
                    });
                    socket.handler(server::write);
                    server.handler(slowly ? trickle(server, socket) : socket::write);
                    socket.resume();
                })
                .onFailure(_ -> socket.close());
    }

    private Handler<Buffer> trickle(NetSocket server, NetSocket socket) {
        return buffer -> {
            server.pause();
            drop(server, socket, buffer, 0);
        };
    }

    private void drop(NetSocket server, NetSocket socket, Buffer buffer, int at) {
        if (at == buffer.length()) {
            server.resume();
            return;
        }
        socket.write(buffer.slice(at, at + 1));
        vertx.setTimer(SECOND, _ -> {
            if (sockets.contains(socket)) {
                drop(server, socket, buffer, at + 1);
            }
        });
    }

    @Override
    public void close() {
        expired.stop(0);
        vertx.close();
    }
}
