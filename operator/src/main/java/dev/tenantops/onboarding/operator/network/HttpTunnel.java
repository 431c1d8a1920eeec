package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.Socket;
import java.util.List;

/** Asks a proxy for a tunnel to the target: CONNECT, RFC 9110 section 9.3.6. */
final class HttpTunnel {

    private HttpTunnel() {}

    /** Passes on the same socket, which then leads to the target. */
    static StageOutcome<Socket> open(Route route, Route.Proxy proxy, Socket socket, Deadline deadline) {
        return switch (HttpAnswer.to(request(route, proxy), socket, deadline)) {
            case HttpAnswer.Head head when head.status() / 100 == 2 -> new StageOutcome.Passed<>(socket);
            case HttpAnswer.Head head -> refused(route, proxy, head);
            case HttpAnswer.TimedOut _ ->
                stopped(
                        Reason.ProxyTunnelTimedOut,
                        "the proxy took the connection but did not finish its answer to CONNECT in time",
                        "Allow CONNECT to " + route.target() + " on the proxy, and check that it reaches it");
            case HttpAnswer.Closed _ ->
                stopped(
                        Reason.ProxyClosed,
                        "the proxy closed the connection without a complete answer to CONNECT",
                        "Allow this cluster's addresses and CONNECT to " + route.target() + " on the proxy"
                                + (proxy.secure()
                                        ? ""
                                        : ", and check whether "
                                                + route.setting().url() + " has to start with https://"));
            case HttpAnswer.NotHttp _ ->
                stopped(
                        Reason.ProxyNotHttp,
                        "what came back is not HTTP",
                        "Check the port, and whether " + route.setting().url() + " has to start with "
                                + (proxy.secure() ? "http://" : "https://"));
            case HttpAnswer.TooLong _ ->
                stopped(
                        Reason.ProxyNotHttp,
                        "the header that came back has more than " + HttpAnswer.HEAD_LIMIT_BYTES / 1024 + " KiB",
                        "Check that " + route.setting().url() + " names a forward proxy");
        };
    }

    private static String request(Route route, Route.Proxy proxy) {
        String authorization = proxy.credentials()
                .map(it -> "Proxy-Authorization: Basic " + Route.basic(it) + "\r\n")
                .orElse("");
        return "CONNECT " + route.target() + " HTTP/1.1\r\nHost: " + route.target() + "\r\n" + authorization + "\r\n";
    }

    private static StageOutcome<Socket> refused(Route route, Route.Proxy proxy, HttpAnswer.Head head) {
        return switch (head.status()) {
            // Some proxies answer a wrong password as an origin would, with 401.
            case 401, 407 -> authenticationRequired(route, proxy, head);
            case 403 ->
                stopped(
                        Reason.ProxyForbidden,
                        "the proxy answered 403 (Forbidden)",
                        "Allow CONNECT to " + route.target() + " on the proxy");
            case 504 ->
                stopped(
                        Reason.ProxyTargetTimedOut,
                        "the proxy answered 504, which says that it waited for the endpoint in vain",
                        "Let the proxy reach " + route.target());
            case 500, 502, 503 ->
                stopped(
                        Reason.ProxyCannotReachTarget,
                        "the proxy answered " + head.status() + ", which says that it did not get through itself",
                        "Let the proxy resolve and reach " + route.target());
            default ->
                stopped(
                        Reason.ProxyTunnelRefused,
                        "the proxy answered " + head.status() + " to CONNECT, which opens no tunnel",
                        "Check that it is a forward proxy that allows CONNECT to " + route.target());
        };
    }

    private static StageOutcome<Socket> authenticationRequired(Route route, Route.Proxy proxy, HttpAnswer.Head head) {
        List<String> schemes = ProxyChallenges.schemes(head.headers()
                .getAll(head.status() == 407 ? HttpHeaderNames.PROXY_AUTHENTICATE : HttpHeaderNames.WWW_AUTHENTICATE));
        String answered = "the proxy answered " + head.status()
                + (head.status() == 407 ? " (Proxy Authentication Required)" : " (Unauthorized)")
                + (schemes.isEmpty()
                        ? " and offers no scheme that is known here"
                        : " and offers " + String.join(", ", schemes));
        if (!schemes.contains("Basic")) {
            return stopped(
                    Reason.ProxyAuthenticationUnsupported,
                    answered,
                    "This operator can authenticate with Basic only: offer Basic to this cluster's addresses, or allow "
                            + route.target() + " for them without authentication");
        }
        return proxy.credentials().isPresent()
                ? stopped(
                        Reason.ProxyCredentialsRefused,
                        answered + ", in spite of the given credentials",
                        "Correct the username and password in "
                                + route.setting().credentials())
                : stopped(
                        Reason.ProxyAuthenticationRequired,
                        answered,
                        "Put a username and password into " + route.setting().credentials());
    }

    private static StageOutcome<Socket> stopped(Reason reason, String what, String next) {
        return StageOutcome.stopped(Stage.ProxyTunnel, reason, what, next);
    }
}
