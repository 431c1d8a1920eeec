package dev.tenantops.onboarding.sandbox.chaos.gateway;

import dev.tenantops.onboarding.sandbox.chaos.journal.Ending;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What replicas of the operator take for the API server: a TLS reverse proxy that passes on what it gets, with the tokens
 * that are in it, until it is told otherwise. Each replica has a port of its own.
 */
public final class Gateway implements AutoCloseable {

    private static final int UPSTREAM_CONNECTIONS = 256;

    private final Vertx vertx;
    private final HttpClient client;
    private final Watches watches;
    private final Buffer certificate;
    private final Map<String, HttpServer> doors = new ConcurrentHashMap<>();
    private final Map<String, Set<HttpConnection>> connections = new ConcurrentHashMap<>();
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final List<Consumer<ApiRequest>> observers = new CopyOnWriteArrayList<>();
    private volatile URI upstream;

    /** What becomes of some requests, while it is in force. */
    private record Rule(Predicate<ApiRequest> which, Answer answer, Set<HttpServerRequest> waiting) {}

    private Gateway(CertificateAuthority authority, URI upstream, String upstreamAuthority, String... names) {
        this.upstream = upstream;
        this.certificate = Buffer.buffer(authority.serverPem(names));
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setUseDaemonThread(true));
        var tls = new HttpClientOptions()
                .setSsl(true)
                .setVerifyHost(false)
                .setDecompressionSupported(false)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(upstreamAuthority)));
        this.client = vertx.createHttpClient(tls, new PoolOptions().setHttp1MaxSize(UPSTREAM_CONNECTIONS));
        this.watches = new Watches(vertx, client, tls, () -> this.upstream);
    }

    /**
     * Starts it, without a port for anybody yet.
     *
     * @param upstream the API server
     * @param upstreamAuthority what its certificate is signed by, as PEM
     * @param names that its own certificate, which {@code authority} signs, is for
     */
    public static Gateway start(
            CertificateAuthority authority, URI upstream, String upstreamAuthority, String... names) {
        return new Gateway(authority, upstream, upstreamAuthority, names);
    }

    /** A port of the loopback address for one replica, which keeps it over restarts. */
    public int portOf(String replica) {
        return doors.computeIfAbsent(replica, this::open).actualPort();
    }

    private HttpServer open(String replica) {
        Set<HttpConnection> open = connections.computeIfAbsent(replica, _ -> ConcurrentHashMap.newKeySet());
        var options = new HttpServerOptions()
                .setHost("127.0.0.1")
                .setSsl(true)
                .setUseAlpn(true)
                .setMaxWebSocketFrameSize(Integer.MAX_VALUE)
                .setMaxWebSocketMessageSize(Integer.MAX_VALUE)
                .setKeyCertOptions(
                        new PemKeyCertOptions().addKeyValue(certificate).addCertValue(certificate));
        return await(vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    open.add(connection);
                    connection.closeHandler(_ -> open.remove(connection));
                })
                .requestHandler(it -> handle(replica, it))
                .listen(0));
    }

    /** Sends new requests to another API server. */
    void lead(URI to) {
        upstream = to;
    }

    /** The open watches. */
    public Watches watches() {
        return watches;
    }

    /** How many connections a replica has open. */
    public int connections(String replica) {
        return connections.getOrDefault(replica, Set.of()).size();
    }

    /** Has somebody see every request. */
    void observe(Consumer<ApiRequest> observer) {
        observers.add(observer);
    }

    /**
     * Lets something become of some requests, before what earlier calls asked for.
     *
     * @return ends it
     */
    public Ending on(Predicate<ApiRequest> which, Answer answer) {
        var rule = new Rule(which, answer, ConcurrentHashMap.newKeySet());
        rules.addFirst(rule);
        return () -> {
            rules.remove(rule);
            rule.waiting().forEach(it -> vertx.runOnContext(_ -> it.connection().close()));
        };
    }

    /** Closes every connection of some replicas. */
    public void disconnect(Predicate<String> replicas) {
        connections.forEach((replica, open) -> {
            if (replicas.test(replica)) {
                List.copyOf(open).forEach(HttpConnection::close);
            }
        });
    }

    private void handle(String replica, HttpServerRequest request) {
        ApiRequest api = ApiRequest.of(replica, request.method().name(), request.path(), request.query());
        request.pause();
        request.exceptionHandler(_ -> {});
        request.response().exceptionHandler(_ -> {});
        observers.forEach(it -> it.accept(api));
        Rule rule = rules.stream()
                .filter(it -> it.which().test(api))
                .findFirst()
                .orElse(new Rule(_ -> true, new Answer.Honest(), Set.of()));
        switch (rule.answer()) {
            case Answer.Honest _ -> forward(request, api, Future::succeededFuture);
            case Answer.Refused refused -> refuse(request, refused);
            case Answer.Late(var delay) ->
                vertx.setTimer(Math.max(1, delay.toMillis()), _ -> forward(request, api, Future::succeededFuture));
            case Answer.Silent _ -> rule.waiting().add(request);
            case Answer.Closed _ -> request.connection().close();
            case Answer.Unheard _ -> forward(request, api, _ -> closed(request));
            case Answer.Before(var what) ->
                vertx.executeBlocking(() -> run(what), false)
                        .onComplete(_ -> forward(request, api, Future::succeededFuture));
            case Answer.After(var what) ->
                forward(
                        request,
                        api,
                        answer -> vertx.executeBlocking(() -> run(what), false).map(answer));
        }
    }

    private static Boolean run(Runnable what) {
        what.run();
        return true;
    }

    private void forward(HttpServerRequest request, ApiRequest api, Meanwhile meanwhile) {
        if (api.watch()) {
            watches.open(request, api);
            return;
        }
        URI to = upstream;
        HttpProxy.reverseProxy(client)
                .origin(to.getPort(), to.getHost())
                .addInterceptor(new ProxyInterceptor() {
                    @Override
                    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
                        // An API server that is away does not answer 502.
                        return context.sendRequest().compose(meanwhile::answered, _ -> closed(request));
                    }
                })
                .handle(request);
    }

    /** What happens between the API server's answer and the replica's hearing of it. */
    private interface Meanwhile {
        Future<ProxyResponse> answered(ProxyResponse answer);
    }

    private static Future<ProxyResponse> closed(HttpServerRequest request) {
        request.connection().close();
        return Promise.<ProxyResponse>promise().future();
    }

    private static void refuse(HttpServerRequest request, Answer.Refused refused) {
        request.resume();
        var response = request.response().setStatusCode(refused.code()).putHeader("Content-Type", "application/json");
        if (refused.retryAfter() != null) {
            response.putHeader("Retry-After", refused.retryAfter().toString());
        }
        response.end(Statuses.failure(refused.code(), refused.reason(), refused.message(), refused.retryAfter()));
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the gateway", e);
        } catch (Exception e) {
            throw new IllegalStateException("the gateway does not work: " + e.getMessage(), e);
        }
    }
}
