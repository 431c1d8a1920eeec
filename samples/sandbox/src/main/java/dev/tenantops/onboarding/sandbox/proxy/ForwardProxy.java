package dev.tenantops.onboarding.sandbox.proxy;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.littleshoot.proxy.HttpFilters;
import org.littleshoot.proxy.HttpFiltersAdapter;
import org.littleshoot.proxy.HttpFiltersSourceAdapter;
import org.littleshoot.proxy.HttpProxyServer;
import org.littleshoot.proxy.HttpProxyServerBootstrap;
import org.littleshoot.proxy.ProxyAuthenticator;
import org.littleshoot.proxy.impl.DefaultHttpProxyServer;

/**
 * A customer's forward proxy: tunnels with CONNECT, optionally asks for Basic credentials, and misbehaves on demand.
 * It never leaves the machine: a route says where a host name leads, and a name without a route does not resolve.
 */
public final class ForwardProxy implements AutoCloseable {

    /** What the proxy does with a request. */
    public enum Behaviour {
        /** Tunnels. */
        FORWARD,
        /** Answers 403, as a proxy does whose rules do not list the host. */
        REFUSE,
        /** Answers 502, as a proxy does that cannot reach the host. */
        FAIL,
        /** Closes the connection without an answer. */
        DISCONNECT
    }

    /** What {@code Proxy-Authorization} has to carry. */
    public record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials[" + username + "]";
        }
    }

    private final HttpProxyServer server;
    private final List<String> askedFor = new CopyOnWriteArrayList<>();
    private volatile Function<String, Optional<InetSocketAddress>> routes;
    private volatile Behaviour behaviour = Behaviour.FORWARD;

    private ForwardProxy(
            Function<String, Optional<InetSocketAddress>> routes, int port, Optional<Credentials> credentials) {
        this.routes = routes;
        HttpProxyServerBootstrap bootstrap = DefaultHttpProxyServer.bootstrap()
                .withName("forward-proxy")
                .withPort(port)
                .withAllowLocalOnly(true)
                .withServerResolver((host, ignored) ->
                        this.routes.apply(host).orElseThrow(() -> new UnknownHostException("no route to " + host)))
                .withFiltersSource(new BehaviourFilters());
        credentials.ifPresent(it -> bootstrap.withProxyAuthenticator(new BasicAuthenticator(it)));
        this.server = bootstrap.start();
    }

    /**
     * Starts on the loopback address.
     *
     * @param routes where a host name leads, whatever the port; empty where it must not resolve
     * @param port 0 for a free one
     * @param credentials what clients must present; empty for a proxy that serves everybody
     */
    public static ForwardProxy start(
            Function<String, Optional<InetSocketAddress>> routes, int port, Optional<Credentials> credentials) {
        return new ForwardProxy(routes, port, credentials);
    }

    /** The address for clients, such as {@code http://localhost:3128}. */
    public URI url() {
        return URI.create("http://localhost:" + server.getListenAddress().getPort());
    }

    /** Changes what happens to requests from now on. Open tunnels stay. */
    public void behave(Behaviour next) {
        behaviour = next;
    }

    /** Sends new tunnels elsewhere, such as to a server whose certificate nobody trusts, as an intercepting proxy does. */
    public void route(Function<String, Optional<InetSocketAddress>> next) {
        routes = next;
    }

    /** Every target that an admitted client asked for, such as {@code portal.heedify.io:443}, in order, repeats included. */
    public List<String> askedFor() {
        return List.copyOf(askedFor);
    }

    @Override
    public void close() {
        server.abort();
    }

    private record BasicAuthenticator(Credentials credentials) implements ProxyAuthenticator {
        @Override
        public boolean authenticate(String username, String password) {
            return credentials.username().equals(username)
                    && credentials.password().equals(password);
        }

        @Override
        public String getRealm() {
            return "sandbox";
        }
    }

    private final class BehaviourFilters extends HttpFiltersSourceAdapter {
        @Override
        public HttpFilters filterRequest(HttpRequest request, ChannelHandlerContext context) {
            return new HttpFiltersAdapter(request, context) {
                @Override
                public HttpResponse clientToProxyRequest(HttpObject part) {
                    if (!(part instanceof HttpRequest)) {
                        return null;
                    }
                    askedFor.add(request.uri());
                    return switch (behaviour) {
                        case FORWARD -> null;
                        case REFUSE -> answer(HttpResponseStatus.FORBIDDEN);
                        case FAIL -> answer(HttpResponseStatus.BAD_GATEWAY);
                        case DISCONNECT -> {
                            context.close();
                            yield answer(HttpResponseStatus.BAD_GATEWAY);
                        }
                    };
                }
            };
        }
    }

    private static HttpResponse answer(HttpResponseStatus status) {
        HttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, 0);
        return response;
    }
}
