package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Ticker;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.kiota.RequestOption;
import com.microsoft.kiota.http.middleware.options.RedirectHandlerOption;
import com.microsoft.kiota.http.middleware.options.RetryHandlerOption;
import com.microsoft.kiota.http.middleware.options.UrlReplaceHandlerOption;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.tls.TlsSockets;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The HTTP clients for Entra ID and for Microsoft Graph, which share their connections. Neither retries nor follows a
 * redirect: a failure is reported with the time to wait, and the caller comes back.
 */
final class HttpClients implements AutoCloseable {

    /**
     * For how long an idle connection is kept: less than the shortest time after which gateways are known to forget one
     * without a word. Those of clouds take minutes, proxies and firewalls 20 seconds and more.
     */
    static final Duration IDLE_LIMIT = Duration.ofSeconds(15);

    /** Of a request's time what a connection that was idle may take before it is given up. */
    private static final int PATIENCE_PART = 3;

    private static final String USER_AGENT = "tenant-onboarding-operator";
    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    private final OkHttpClient graph;
    private final OkHttpClient login;

    /** @param graphGuard sees every request to Microsoft Graph last, and its answer first */
    HttpClients(EntraSettings settings, Ticker ticker, Interceptor graphGuard) {
        var trust = settings.trustAnchors();
        var pool = new ConnectionPool(settings.connections(), IDLE_LIMIT.toSeconds(), TimeUnit.SECONDS);
        var silent = new SilentConnections(pool, settings.callTimeout().dividedBy(PATIENCE_PART), ticker);
        // Without this factory the SDK's middleware would be missing.
        var graph = GraphClientFactory.create(new RequestOption[] {
                    new RetryHandlerOption(null, 0, 0),
                    new RedirectHandlerOption(0, response -> false),
                    new UrlReplaceHandlerOption(Map.of(), false)
                })
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.callTimeout())
                .writeTimeout(settings.callTimeout())
                .callTimeout(settings.callTimeout())
                .dns(new BoundedDns(new AbsoluteDns(Dns.SYSTEM), settings.connectTimeout()))
                .proxy(Proxy.NO_PROXY)
                .sslSocketFactory(trust.context().getSocketFactory(), trust.trustManager())
                // On HTTP/2 a connection that died silently would be lost to all requests, not to one.
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(pool)
                .addInterceptor(graphGuard)
                .addInterceptor(silent::repeated)
                .addNetworkInterceptor(silent::watched);
        settings.proxy().ifPresent(it -> throughProxy(graph, it, trust));
        this.graph = graph.build();
        var login = this.graph.newBuilder();
        login.interceptors().clear();
        this.login = login.addInterceptor(BoundedBody.interceptor(settings.maxResponseBytes()))
                .addInterceptor(silent::repeated)
                .build();
    }

    OkHttpClient graph() {
        return graph;
    }

    OkHttpClient login() {
        return login;
    }

    @Override
    public void close() {
        graph.dispatcher().executorService().shutdown();
        graph.connectionPool().evictAll();
    }

    private static void throughProxy(OkHttpClient.Builder client, ForwardProxy proxy, TrustAnchors trust) {
        var url = proxy.url();
        client.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(url.getHost(), url.getPort())));
        if (proxy.secure()) {
            client.socketFactory(new TlsSockets(trust));
        }
        client.proxyAuthenticator((_, answer) -> connect(answer, proxy));
    }

    /**
     * What is asked of the proxy, or nothing once it has refused that. The first CONNECT comes here too. It names the client,
     * and has the credentials already: they belong to this very proxy by the operator's own configuration.
     */
    private static Request connect(Response answer, ForwardProxy proxy) {
        if (USER_AGENT.equals(answer.request().header("User-Agent"))) {
            return null;
        }
        var request = answer.request().newBuilder().header("User-Agent", USER_AGENT);
        proxy.credentials().ifPresent(it -> request.header(PROXY_AUTHORIZATION, it.authorization()));
        return request.build();
    }
}
