package dev.tenantops.onboarding.sandbox.endpoint;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map.Entry;
import java.util.concurrent.atomic.AtomicInteger;

/** What reached an endpoint since it started. Thread-safe. */
public final class EndpointTraffic {

    private static final int MAX_HEADS = 1000;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger upgradeHeaders = new AtomicInteger();
    private final AtomicInteger upgrades = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger negotiations = new AtomicInteger();
    private final AtomicInteger handshakes = new AtomicInteger();
    private final Deque<String> heads = new ArrayDeque<>();

    void received(HttpRequest request) {
        StringBuilder head = new StringBuilder()
                .append(request.method())
                .append(' ')
                .append(request.uri())
                .append(' ')
                .append(request.protocolVersion())
                .append("\r\n");
        for (Entry<String, String> header : request.headers()) {
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        synchronized (heads) {
            if (heads.size() == MAX_HEADS) {
                heads.removeFirst();
            }
            heads.addLast(head.toString());
        }
        if (Upgrades.hasWebSocketHeader(request)) {
            upgradeHeaders.incrementAndGet();
        }
        requests.incrementAndGet();
    }

    void upgraded(Channel channel) {
        upgrades.incrementAndGet();
        open.incrementAndGet();
        channel.closeFuture().addListener(closed -> open.decrementAndGet());
    }

    void negotiated() {
        negotiations.incrementAndGet();
    }

    void handshaken() {
        handshakes.incrementAndGet();
    }

    /** How many requests were read, WebSocket upgrades included, whatever the answer. */
    public int requests() {
        return requests.get();
    }

    /** How many requests carried {@code Upgrade: websocket}, whatever the answer. */
    public int upgradeHeaders() {
        return upgradeHeaders.get();
    }

    /** How many WebSocket upgrades were answered with 101. */
    public int upgrades() {
        return upgrades.get();
    }

    /** How many WebSockets are open now. */
    public int open() {
        return open.get();
    }

    /** How many SignalR negotiations were answered. */
    public int negotiations() {
        return negotiations.get();
    }

    /** How many SignalR handshakes were accepted. */
    public int handshakes() {
        return handshakes.get();
    }

    /**
     * The request line and headers of each of the last 1000 requests, oldest first, each line with its CRLF, names as
     * the client spelt them. They hold what the client sent, credentials included.
     */
    public List<String> requestHeads() {
        synchronized (heads) {
            return List.copyOf(heads);
        }
    }
}
