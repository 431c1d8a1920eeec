package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.StageOutcome.Passed;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProbeTrace;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Optional;

/** One way through the stages. */
final class ProbeAttempt {

    private final ProbeSettings settings;
    private final TrustAnchors known;
    private final AddressRules rules;
    private final NameLookup lookup;
    private final Dialer dialer;
    private final Stopwatch stopwatch = new Stopwatch();
    private Optional<String> from = Optional.empty();

    ProbeAttempt(ProbeSettings settings, TrustAnchors known, AddressRules rules, NameLookup lookup, Dialer dialer) {
        this.settings = settings;
        this.known = known;
        this.rules = rules;
        this.lookup = lookup;
        this.dialer = dialer;
    }

    StageOutcome<Secured> run(Route route, TrustAnchors trusted) {
        try (var deadline = new Deadline(settings.deadline())) {
            return stopwatch
                    .time(Stage.Dns, () -> addresses(route, deadline))
                    .then(addresses -> run(new WayThere(route, addresses, trusted, dialer, deadline)))
                    .then(ProbeAttempt::closed);
        }
    }

    private StageOutcome<Secured> run(WayThere way) {
        return firstHop(way)
                .then(socket -> tunnel(way, socket))
                .then(socket -> stopwatch.time(Stage.Tls, () -> TlsStage.withTarget(way, socket, known)))
                .then(connection -> way.route().webSocket()
                        ? webSocket(way.route(), connection, way.deadline())
                        : stopwatch.time(Stage.Http, () -> HttpStage.get(way.route(), connection, way.deadline())));
    }

    ProbeTrace trace(ProbeTarget target) {
        return new ProbeTrace(
                ProbeTrace.tried(target.url()),
                from,
                target.proxy().map(it -> ProbeTrace.proxy(it.url().toString())),
                stopwatch.stages());
    }

    private StageOutcome<List<InetAddress>> addresses(Route route, Deadline deadline) {
        return route.proxy().isPresent() && route.target().literal()
                ? notAllowed()
                : lookup.lookUp(route, deadline).then(this::vet);
    }

    private StageOutcome<List<InetAddress>> vet(List<InetAddress> addresses) {
        var permitted = addresses.stream().filter(rules::permit).toList();
        return permitted.isEmpty() ? notAllowed() : new Passed<>(permitted);
    }

    /** The same for every address, so that nobody can learn from it what the cluster's network looks like. */
    private static StageOutcome<List<InetAddress>> notAllowed() {
        return StageOutcome.stopped(
                Stage.Address,
                Reason.AddressNotAllowed,
                "nothing was dialled: the first hop (the declared proxy, or without one the endpoint) has a loopback,"
                        + " link-local, private or otherwise special address or one that the operator's configuration"
                        + " denies, or the endpoint behind a proxy is an address instead of a host name",
                "Declare host names, and if such an address is intended, ask the operator's administrator to allow its"
                        + " range to this namespace (onboarding.network.namespace-ranges) or to all"
                        + " (onboarding.network.allowed-ranges)");
    }

    private StageOutcome<Socket> firstHop(WayThere way) {
        var stage = way.route().proxy().isPresent() ? Stage.ProxyConnect : Stage.Connect;
        var outcome = stopwatch.time(stage, way::dial);
        from = outcome instanceof Passed<Socket>(Socket socket)
                ? Optional.of(socket.getLocalAddress().getHostAddress())
                : Dialer.source(way.addresses().getFirst());
        return outcome;
    }

    private StageOutcome<Socket> tunnel(WayThere way, Socket socket) {
        var greeted =
                way.secureProxy() ? stopwatch.time(Stage.ProxyTls, () -> way.greet(socket)) : new Passed<>(socket);
        return way.route().proxy().isPresent()
                ? greeted.then(it -> stopwatch.time(Stage.ProxyTunnel, () -> way.tunnel(it)))
                : greeted;
    }

    private StageOutcome<Secured> webSocket(Route route, Secured connection, Deadline deadline) {
        return stopwatch
                .time(Stage.WebSocketUpgrade, () -> WebSocketUpgrade.ask(route, connection, deadline))
                .then(it -> {
                    try (var frames = new WebSocketFrames(it.socket(), deadline)) {
                        var stage = new WebSocketStage(route, it, frames);
                        var held = stopwatch
                                .time(Stage.WebSocketFrame, () -> stage.firstFrame(deadline))
                                .then(_ -> settings.hold().isZero()
                                        ? new Passed<>(it)
                                        : stopwatch.time(
                                                Stage.WebSocketHold, () -> stage.hold(settings.hold(), deadline)));
                        if (held instanceof Passed) {
                            stage.finish();
                        }
                        return held;
                    }
                });
    }

    /** Ends the session properly, so that the probes leave no errors in the endpoint's log. */
    private static StageOutcome<Secured> closed(Secured connection) {
        try {
            connection.socket().close();
        } catch (IOException _) {
            // The endpoint was reached, and that is all that was asked.
        }
        return new Passed<>(connection);
    }
}
