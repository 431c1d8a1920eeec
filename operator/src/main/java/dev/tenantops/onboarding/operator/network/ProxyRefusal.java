package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.Socket;

/** Makes a reason of the status with which a proxy answers CONNECT instead of opening a tunnel, such as 403 and 407. */
final class ProxyRefusal {

    private ProxyRefusal() {}

    /** @param shown whether the proxy was given credentials */
    static StageOutcome<Socket> of(Route route, HttpAnswer.Head head, boolean shown) {
        return switch (head.status()) {
            // Some proxies answer a wrong password as an origin would, with 401.
            case 401, 407 -> authenticationRequired(route, head, shown);
            case 403 ->
                stopped(
                        Reason.ProxyForbidden,
                        "the proxy answered 403 (Forbidden)"
                                + (!shown && hasCredentials(route)
                                        ? " without asking for credentials (407), so none were sent"
                                        : ""),
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

    private static StageOutcome<Socket> authenticationRequired(Route route, HttpAnswer.Head head, boolean shown) {
        var schemes = ProxyChallenges.schemes(head.headers()
                .getAll(head.status() == 407 ? HttpHeaderNames.PROXY_AUTHENTICATE : HttpHeaderNames.WWW_AUTHENTICATE));
        var answered = "the proxy answered " + head.status()
                + (head.status() == 407 ? " (Proxy Authentication Required)" : " (Unauthorized)")
                + (schemes.isEmpty()
                        ? " and offers no scheme that is known here"
                        : " and offers " + String.join(", ", schemes));
        if (head.status() == 401 && !shown && hasCredentials(route)) {
            return stopped(
                    Reason.ProxyAuthenticationUnsupported,
                    answered + ", as a web server asks and no proxy, so the credentials were not sent",
                    "Check that " + route.setting().url() + " names a forward proxy, which asks with 407");
        }
        if (!schemes.contains("Basic") && !(shown && schemes.isEmpty())) {
            return stopped(
                    Reason.ProxyAuthenticationUnsupported,
                    answered,
                    "This operator can authenticate with Basic only: offer Basic to this cluster's addresses, or allow "
                            + route.target() + " for them without authentication");
        }
        return shown
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

    private static boolean hasCredentials(Route route) {
        return route.proxy().flatMap(ForwardProxy::credentials).isPresent();
    }

    private static StageOutcome<Socket> stopped(Reason reason, String what, String next) {
        return StageOutcome.stopped(Stage.ProxyTunnel, reason, what, next);
    }
}
