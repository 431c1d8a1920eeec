package dev.tenantops.onboarding.sandbox.chaos.gateway;

import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.parsetools.RecordParser;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The watches that replicas have open through the gateway, as WebSockets or as answers without an end. */
public final class Watches {

    private static final Set<String> OF_ONE_CONNECTION =
            Set.of("connection", "upgrade", "host", "transfer-encoding", "content-length", "accept-encoding");

    private final Vertx vertx;
    private final HttpClient client;
    private final WebSocketClient webSockets;
    private final Supplier<URI> upstream;
    private final Set<WatchStream> open = ConcurrentHashMap.newKeySet();
    private final List<Change> changes = new CopyOnWriteArrayList<>();

    /** What is done to watches, also to those that begin while it lasts. */
    private record Change(Predicate<ApiRequest> which, Consumer<WatchStream> begin, Consumer<WatchStream> end) {}

    Watches(Vertx vertx, HttpClient client, HttpClientOptions tls, Supplier<URI> upstream) {
        this.vertx = vertx;
        this.client = client;
        this.webSockets = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setSsl(true)
                .setVerifyHost(false)
                .setMaxConnections(Integer.MAX_VALUE)
                .setMaxFrameSize(Integer.MAX_VALUE)
                .setMaxMessageSize(Integer.MAX_VALUE)
                .setTrustOptions(tls.getTrustOptions()));
        this.upstream = upstream;
    }

    int count() {
        return open.size();
    }

    /** Ends watches without a word. */
    public void cut(Predicate<ApiRequest> which) {
        matching(which).forEach(WatchStream::cut);
    }

    /** Tells watches that they were away for too long. */
    public void expire(Predicate<ApiRequest> which) {
        matching(which).forEach(WatchStream::expire);
    }

    /** Holds events back until the ending. */
    public Ending hold(Predicate<ApiRequest> which) {
        return change(new Change(which, it -> it.hold(true), it -> it.hold(false)));
    }

    /** Loses bookmarks until the ending. */
    public Ending withoutBookmarks(Predicate<ApiRequest> which) {
        return change(new Change(which, it -> it.withoutBookmarks(true), it -> it.withoutBookmarks(false)));
    }

    private Ending change(Change change) {
        changes.add(change);
        matching(change.which()).forEach(change.begin());
        return () -> {
            changes.remove(change);
            matching(change.which()).forEach(change.end());
        };
    }

    private List<WatchStream> matching(Predicate<ApiRequest> which) {
        return open.stream().filter(it -> which.test(it.request())).toList();
    }

    private void add(WatchStream stream) {
        open.add(stream);
        changes.stream()
                .filter(it -> it.which().test(stream.request()))
                .forEach(it -> it.begin().accept(stream));
    }

    /** Serves a watch. */
    void open(HttpServerRequest request, ApiRequest api) {
        if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            webSocket(request, api);
        } else {
            stream(request, api);
        }
    }

    private void webSocket(HttpServerRequest request, ApiRequest api) {
        URI to = upstream.get();
        webSockets
                .connect(new WebSocketConnectOptions()
                        .setHost(to.getHost())
                        .setPort(to.getPort())
                        .setURI(request.uri())
                        .setHeaders(passedOn(request)))
                .onSuccess(server -> join(request, api, server))
                .onFailure(e -> refused(request, e));
    }

    /** The API server may have spoken, and gone, before the replica listens. */
    private void join(HttpServerRequest request, ApiRequest api, WebSocket server) {
        var context = vertx.getOrCreateContext();
        var listening = new AtomicReference<ServerWebSocket>();
        var stream = new WatchStream(
                api,
                json -> context.runOnContext(_ -> {
                    ServerWebSocket replica = listening.get();
                    if (!replica.isClosed()) {
                        replica.writeTextMessage(json);
                    }
                }),
                () -> context.runOnContext(_ -> {
                    listening.get().close();
                    server.close();
                }));
        stream.hold(true);
        server.exceptionHandler(_ -> {});
        server.textMessageHandler(stream::event);
        request.toWebSocket()
                .onSuccess(replica -> {
                    listening.set(replica);
                    replica.exceptionHandler(_ -> {});
                    replica.closeHandler(_ -> {
                        open.remove(stream);
                        server.close();
                    });
                    stream.hold(false);
                    add(stream);
                    if (server.isClosed()) {
                        stream.cut();
                    } else {
                        server.closeHandler(_ -> stream.cut());
                    }
                })
                .onFailure(_ -> server.close());
    }

    private static void refused(HttpServerRequest request, Throwable cause) {
        request.resume();
        if (cause instanceof UpgradeRejectedException rejected) {
            request.response()
                    .setStatusCode(rejected.getStatus())
                    .end(rejected.getBody() == null ? Buffer.buffer() : rejected.getBody());
        } else {
            request.connection().close();
        }
    }

    private void stream(HttpServerRequest request, ApiRequest api) {
        request.resume();
        URI to = upstream.get();
        client.request(new RequestOptions()
                        .setMethod(request.method())
                        .setHost(to.getHost())
                        .setPort(to.getPort())
                        .setURI(request.uri())
                        .setHeaders(passedOn(request)))
                .compose(it -> it.send())
                .onSuccess(answer -> pass(request, api, answer))
                .onFailure(_ -> request.connection().close());
    }

    private void pass(HttpServerRequest request, ApiRequest api, HttpClientResponse answer) {
        var response = request.response().setStatusCode(answer.statusCode());
        String type = answer.getHeader("Content-Type");
        if (type != null) {
            response.putHeader("Content-Type", type);
        }
        if (answer.statusCode() != 200) {
            answer.body().onComplete(body -> response.end(body.succeeded() ? body.result() : Buffer.buffer()));
            return;
        }
        response.setChunked(true);
        var context = vertx.getOrCreateContext();
        var stream = new WatchStream(
                api,
                json -> context.runOnContext(_ -> {
                    if (!response.ended() && !response.closed()) {
                        response.write(json + "\n");
                    }
                }),
                () -> context.runOnContext(_ -> {
                    if (!response.ended() && !response.closed()) {
                        response.end();
                    }
                    answer.request().reset();
                }));
        add(stream);
        Runnable over = () -> {
            open.remove(stream);
            stream.cut();
        };
        response.closeHandler(_ -> over.run());
        answer.exceptionHandler(_ -> over.run());
        answer.endHandler(_ -> over.run());
        response.writeHead();
        answer.handler(RecordParser.newDelimited("\n", line -> stream.event(line.toString())));
    }

    private static MultiMap passedOn(HttpServerRequest request) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (Map.Entry<String, String> header : request.headers()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!OF_ONE_CONNECTION.contains(name) && !name.startsWith("sec-websocket-") && !name.startsWith(":")) {
                headers.add(header.getKey(), header.getValue());
            }
        }
        return headers;
    }
}
