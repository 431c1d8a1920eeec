package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.TunnelAnswer.Closed;
import dev.tenantops.onboarding.operator.network.TunnelAnswer.NotHttp;
import dev.tenantops.onboarding.operator.network.TunnelAnswer.Status;
import dev.tenantops.onboarding.operator.network.TunnelAnswer.TooLong;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a proxy for a tunnel to the target: CONNECT, RFC 9110 section 9.3.6. */
final class HttpTunnel {

    private HttpTunnel() {}

    /** Passes on the same socket, which then leads to the target. */
    static StageOutcome<Socket> open(Route route, Route.Proxy proxy, Socket socket, Deadline deadline) {
        TunnelAnswer answer;
        try {
            socket.setSoTimeout(deadline.remainingMillis());
            socket.getOutputStream().write(request(route, proxy).getBytes(StandardCharsets.US_ASCII));
            answer = TunnelAnswer.read(socket.getInputStream());
        } catch (IOException e) {
            if (deadline.caused(e)) {
                return stopped(
                        route,
                        Reason.ConnectTimedOut,
                        "the proxy took the connection but did not finish its answer to CONNECT in time",
                        "Allow CONNECT to " + route.target() + " on the proxy, and check that it reaches it");
            }
            answer = new Closed();
        }
        return switch (answer) {
            case Status status when status.code() / 100 == 2 -> new StageOutcome.Passed<>(socket);
            case Status(int code, var _)
            when code == 403 ->
                stopped(
                        route,
                        Reason.ProxyForbidden,
                        "the proxy answered 403 (Forbidden)",
                        "Allow CONNECT to " + route.target() + " on the proxy");
            case Status status when status.code() == 407 -> authenticationRequired(route, proxy, status);
            case Status(int code, var _)
            when code >= 502 && code <= 504 ->
                stopped(
                        route,
                        Reason.ProxyUnreachable,
                        "the proxy answered " + code + ", which says that it did not get through itself",
                        "Let the proxy resolve and reach " + route.target());
            case Status(int code, var _) ->
                stopped(
                        route,
                        Reason.ProxyUnreachable,
                        "the proxy answered " + code + " to CONNECT, which opens no tunnel",
                        "Check that it is a forward proxy that allows CONNECT to " + route.target());
            case Closed _ ->
                stopped(
                        route,
                        Reason.ProxyUnreachable,
                        "the proxy closed the connection without a complete answer to CONNECT",
                        "Allow this cluster's addresses and CONNECT to " + route.target() + " on the proxy");
            case NotHttp _ ->
                stopped(
                        route,
                        Reason.ProxyUnreachable,
                        "what came back is not HTTP",
                        "Check the port, and whether spec.network.proxy.url has to start with "
                                + (proxy.secure() ? "http://" : "https://"));
            case TooLong _ ->
                stopped(
                        route,
                        Reason.ProxyUnreachable,
                        "the header that came back has more than " + TunnelAnswer.HEADER_LIMIT_BYTES / 1024 + " KiB",
                        "Check that spec.network.proxy.url names a forward proxy");
        };
    }

    private static String request(Route route, Route.Proxy proxy) {
        String authorization = proxy.credentials()
                .map(it -> "Proxy-Authorization: Basic " + Route.basic(it) + "\r\n")
                .orElse("");
        return "CONNECT " + route.target() + " HTTP/1.1\r\nHost: " + route.target() + "\r\n" + authorization + "\r\n";
    }

    private static StageOutcome<Socket> authenticationRequired(Route route, Route.Proxy proxy, Status status) {
        String offer = status.schemes().isEmpty()
                ? "and offers no scheme that is known here"
                : "and offers " + String.join(", ", status.schemes());
        boolean basic = status.schemes().contains("Basic");
        String next;
        if (!basic) {
            next = "This operator can authenticate with Basic only: offer Basic to this cluster's addresses, or allow "
                    + route.target() + " for them without authentication";
        } else if (proxy.credentials().isPresent()) {
            next = "It refused the given credentials: correct the username and password in the Secret that"
                    + " spec.network.proxy.credentialsRef names";
        } else {
            next = "Put a username and password into a Secret and name it in spec.network.proxy.credentialsRef";
        }
        return stopped(
                route,
                Reason.ProxyAuthenticationRequired,
                "the proxy answered 407 (Proxy Authentication Required) " + offer,
                next);
    }

    private static StageOutcome<Socket> stopped(Route route, Reason reason, String what, String next) {
        return StageOutcome.stopped(Stage.ProxyTunnel, reason, "Tried " + route + ": " + what + ". " + next + ".");
    }
}
