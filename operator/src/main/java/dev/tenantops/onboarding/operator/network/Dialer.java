package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Opens the TCP connection to the first hop. */
final class Dialer {

    private static final int DISCARD_PORT = 9;

    private final Duration connectTimeout;

    Dialer(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    /** Tries the vetted addresses in turn. */
    StageOutcome<Socket> dial(Route route, List<InetAddress> addresses, Deadline deadline) {
        var timedOut = false;
        var refusal = "";
        for (InetAddress address : addresses) {
            // A plain Socket would obey the JVM's SOCKS settings.
            var socket = new Socket(java.net.Proxy.NO_PROXY);
            deadline.guard(socket);
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(address, route.firstHop().port()),
                        deadline.remainingMillis(connectTimeout));
                return new StageOutcome.Passed<>(socket);
            } catch (IOException e) {
                timedOut |= deadline.caused(e);
                refusal = e instanceof NoRouteToHostException
                        ? "there is no route to it from this cluster"
                        : "the TCP connection was refused";
            }
        }
        return timedOut ? timedOut(route) : refused(route, refusal);
    }

    /** The address that the system dials from; connecting a datagram socket finds the route and sends nothing. */
    static Optional<String> source(InetAddress to) {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(to, DISCARD_PORT));
            return Optional.of(socket.getLocalAddress().getHostAddress());
        } catch (IOException | UncheckedIOException _) {
            return Optional.empty();
        }
    }

    private static StageOutcome<Socket> timedOut(Route route) {
        var what = route.firstHop() + " did not accept a TCP connection in time, which is how a firewall looks that"
                + " drops packets";
        return route.proxy().isPresent()
                ? StageOutcome.stopped(
                        Stage.ProxyConnect,
                        Reason.ProxyTimedOut,
                        what,
                        "Allow TCP from this cluster to the proxy at " + route.firstHop())
                : StageOutcome.stopped(Stage.Connect, Reason.ConnectTimedOut, what, allowDirect(route));
    }

    private static StageOutcome<Socket> refused(Route route, String refusal) {
        var what = route.firstHop() + " was not reached, " + refusal;
        return route.proxy().isPresent()
                ? StageOutcome.stopped(
                        Stage.ProxyConnect,
                        Reason.ProxyUnreachable,
                        what,
                        "Check that the proxy runs and that " + route.setting().url()
                                + " names its host and port, and allow TCP from this cluster to it")
                : StageOutcome.stopped(Stage.Connect, Reason.ConnectFailed, what, allowDirect(route));
    }

    private static String allowDirect(Route route) {
        return "Allow outgoing TCP from this cluster to " + route.firstHop() + ", or "
                + route.setting().declare();
    }
}
