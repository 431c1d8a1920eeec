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
                    .then(addresses -> firstHop(route, addresses, deadline))
                    .then(socket -> tunnel(route, socket, trusted, deadline))
                    .then(socket -> stopwatch.time(
                            Stage.Tls, () -> TlsStage.withTarget(route, socket, trusted, known, deadline)))
                    .then(connection -> route.webSocket()
                            ? webSocket(route, connection, deadline)
                            : stopwatch.time(Stage.Http, () -> HttpStage.get(route, connection, deadline)))
                    .then(ProbeAttempt::closed);
        }
    }

    ProbeTrace trace(ProbeTarget target) {
        return new ProbeTrace(
                ProbeTrace.tried(target.url()),
                from,
                target.proxy().map(it -> ProbeTrace.proxy(it.url().toString())),
                stopwatch.stages());
    }

    private StageOutcome<List<InetAddress>> addresses(Route route, Deadline deadline) {
        return route.proxy().isPresent() && route.literal()
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
                        + " link-local, private or otherwise special address, or the endpoint behind a proxy is an"
                        + " address instead of a host name",
                "Declare host names, and if such an address is intended, ask the operator's administrator to add its"
                        + " range to onboarding.network.allowed-ranges");
    }

    private StageOutcome<Socket> firstHop(Route route, List<InetAddress> addresses, Deadline deadline) {
        var stage = route.proxy().isPresent() ? Stage.ProxyConnect : Stage.Connect;
        var outcome = stopwatch.time(stage, () -> dialer.dial(route, addresses, deadline));
        from = outcome instanceof Passed<Socket>(Socket socket)
                ? Optional.of(socket.getLocalAddress().getHostAddress())
                : Dialer.source(addresses.getFirst());
        return outcome;
    }

    private StageOutcome<Socket> tunnel(Route route, Socket socket, TrustAnchors trusted, Deadline deadline) {
        if (route.proxy().isEmpty()) {
            return new Passed<>(socket);
        }
        var proxy = route.proxy().get();
        var spokenTo = proxy.secure()
                ? stopwatch.time(Stage.ProxyTls, () -> TlsStage.withProxy(route, socket, trusted, deadline))
                : new Passed<>(socket);
        return spokenTo.then(
                it -> stopwatch.time(Stage.ProxyTunnel, () -> ProxyTunnel.open(route, proxy, it, deadline)));
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
