package dev.tenantops.onboarding.operator.entra;

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
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The HTTP clients for Entra ID and for Microsoft Graph, which share their connections. Neither retries nor follows a
 * redirect: a failure is reported with the time to wait, and the caller comes back.
 */
final class HttpClients implements AutoCloseable {

    private static final long KEEP_ALIVE_MINUTES = 5;
    private static final String PROXY_AUTHORIZATION = "Proxy-Authorization";

    private final OkHttpClient graph;
    private final OkHttpClient login;

    /** @param graphGuard sees every request to Microsoft Graph last, and its answer first */
    HttpClients(EntraSettings settings, Interceptor graphGuard) {
        var trust = settings.trustAnchors();
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
                .dns(new BoundedDns(Dns.SYSTEM, settings.connectTimeout()))
                .proxy(Proxy.NO_PROXY)
                .sslSocketFactory(trust.context().getSocketFactory(), trust.trustManager())
                // On HTTP/2 a connection that died silently would be lost to all requests, not to one.
                .protocols(List.of(Protocol.HTTP_1_1))
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(settings.connections(), KEEP_ALIVE_MINUTES, TimeUnit.MINUTES))
                .addInterceptor(graphGuard);
        settings.proxy().ifPresent(it -> throughProxy(graph, it, trust));
        this.graph = graph.build();
        var login = this.graph.newBuilder();
        login.interceptors().clear();
        this.login = login.addInterceptor(BoundedBody.interceptor(settings.maxResponseBytes()))
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
        proxy.credentials()
                // Asked before the first CONNECT already; a proxy that refuses what it was given gets it once only.
                .ifPresent(it -> client.proxyAuthenticator(
                        (_, answer) -> answer.request().header(PROXY_AUTHORIZATION) == null
                                ? answer.request()
                                        .newBuilder()
                                        .header(PROXY_AUTHORIZATION, it.authorization())
                                        .build()
                                : null));
    }
}
