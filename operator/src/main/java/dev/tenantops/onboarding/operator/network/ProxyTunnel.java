package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import java.net.Socket;

/** Asks a proxy for a tunnel to the target: CONNECT, RFC 9110 section 9.3.6. */
final class ProxyTunnel {

    private ProxyTunnel() {}

    /** Passes on the same socket, which then leads to the target. */
    static StageOutcome<Socket> open(Route route, ForwardProxy proxy, Socket socket, Deadline deadline) {
        return switch (HttpAnswer.to(request(route, proxy), socket, deadline)) {
            case HttpAnswer.Head head when head.status() / 100 == 2 -> new StageOutcome.Passed<>(socket);
            case HttpAnswer.Head head -> ProxyRefusal.of(route, proxy, head);
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

    private static String request(Route route, ForwardProxy proxy) {
        var authorization = proxy.credentials()
                .map(it -> "Proxy-Authorization: " + it.authorization() + "\r\n")
                .orElse("");
        return "CONNECT " + route.target() + " HTTP/1.1\r\nHost: " + route.target() + "\r\n" + authorization + "\r\n";
    }

    private static StageOutcome<Socket> stopped(Reason reason, String what, String next) {
        return StageOutcome.stopped(Stage.ProxyTunnel, reason, what, next);
    }
}
