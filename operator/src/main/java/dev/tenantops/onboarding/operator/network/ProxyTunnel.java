package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ForwardProxy.Credentials;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Supplier;

/** Asks a proxy for a tunnel to the target: CONNECT, RFC 9110 section 9.3.6. */
final class ProxyTunnel {

    private ProxyTunnel() {}

    /**
     * Passes on the socket that leads to the target. A proxy is shown credentials once it has asked for them, never
     * before, and on a connection of its own, since many close the one on which they asked.
     *
     * @param another connects to the proxy once more
     */
    static StageOutcome<Socket> open(
            Route route, ForwardProxy proxy, Socket socket, Supplier<StageOutcome<Socket>> another, Deadline deadline) {
        var answer = HttpAnswer.to(request(route, Optional.empty()), socket, deadline);
        var shown = proxy.credentials()
                .filter(_ -> answer instanceof HttpAnswer.Head head && ProxyChallenges.wantBasic(head));
        return shown.isPresent()
                ? another.get()
                        .then(it ->
                                outcome(route, proxy, shown, it, HttpAnswer.to(request(route, shown), it, deadline)))
                : outcome(route, proxy, shown, socket, answer);
    }

    private static StageOutcome<Socket> outcome(
            Route route, ForwardProxy proxy, Optional<Credentials> shown, Socket socket, HttpAnswer answer) {
        return switch (answer) {
            case HttpAnswer.Head head when head.status() / 100 == 2 -> new StageOutcome.Passed<>(socket);
            case HttpAnswer.Head head -> ProxyRefusal.of(route, head, shown.isPresent());
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

    /** With the name of the client, as clients give it: there are proxies that refuse whoever gives none. */
    private static String request(Route route, Optional<Credentials> shown) {
        return "CONNECT " + route.target() + " HTTP/1.1\r\nHost: " + route.target() + "\r\nUser-Agent: "
                + HttpStage.USER_AGENT + "\r\n"
                + shown.map(it -> "Proxy-Authorization: " + it.authorization() + "\r\n")
                        .orElse("")
                + "\r\n";
    }

    private static StageOutcome<Socket> stopped(Reason reason, String what, String next) {
        return StageOutcome.stopped(Stage.ProxyTunnel, reason, what, next);
    }
}
