package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.StageOutcome.Passed;
import dev.tenantops.onboarding.operator.network.StageOutcome.Stopped;
import dev.tenantops.onboarding.operator.observe.NetworkProbe;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.observe.ProbeTarget.ProxyRoute;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Probes over plain blocking sockets, one thread per probe; virtual threads are fine. */
public final class SocketNetworkProbe implements NetworkProbe {

    // The same for every address, so that nobody can learn from it what the cluster's network looks like.
    private static final String ADDRESS_NOT_ALLOWED =
            "Nothing was dialled: the first hop (the declared proxy, or without one the endpoint) has a loopback,"
                    + " link-local, private or otherwise special address. If that is intended, ask the operator's"
                    + " administrator to add its range to onboarding.network.allowed-ranges.";

    private final ProbeSettings settings;
    private final TrustAnchors anchors;
    private final AddressRules rules;
    private final NameLookup lookup;
    private final Dialer dialer;

    /**
     * Reads the trust anchors.
     *
     * @throws IllegalArgumentException if the file of trust anchors has no certificate, or a range is not in CIDR form
     * @throws java.io.UncheckedIOException if that file cannot be read
     */
    public SocketNetworkProbe(ProbeSettings settings) {
        this(settings, host -> List.of(InetAddress.getAllByName(host)));
    }

    SocketNetworkProbe(ProbeSettings settings, NameLookup.Names names) {
        this.settings = settings;
        anchors = TrustAnchors.ofJdkAnd(settings.trustAnchors());
        rules = new AddressRules(settings.allowedRanges());
        lookup = new NameLookup(names);
        dialer = new Dialer(settings.connectTimeout());
    }

    @Override
    public ProbeResult probe(ProbeTarget target) {
        StageOutcome<Socket> outcome =
                route(target).then(route -> trusted(target, route).then(trusted -> run(route, trusted)));
        return switch (outcome) {
            case Passed<Socket> _ -> new ProbeResult.Reachable();
            case Stopped<Socket> _
            when Thread.currentThread().isInterrupted() -> throw new CancellationException("The probe was interrupted");
            case Stopped<Socket>(var finding) -> finding;
        };
    }

    private StageOutcome<Socket> run(Route route, TrustAnchors trusted) {
        try (Deadline deadline = new Deadline(settings.deadline())) {
            StageOutcome<Socket> firstHop = lookup.lookUp(route, deadline)
                    .then(this::vet)
                    .then(addresses -> dialer.dial(route, addresses, deadline));
            return route.proxy()
                    .map(proxy -> firstHop.then(socket -> secure(route, proxy, socket, trusted, deadline))
                            .then(socket -> HttpTunnel.open(route, proxy, socket, deadline)))
                    .orElse(firstHop)
                    .then(socket -> TlsStage.withTarget(route, socket, trusted, deadline))
                    .then(SocketNetworkProbe::sayGoodbye);
        }
    }

    /** Ends the session properly, so that the probes leave no errors in the endpoint's log. */
    private static StageOutcome<Socket> sayGoodbye(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // The endpoint was reached, and that is all that was asked.
        }
        return new Passed<>(socket);
    }

    private StageOutcome<List<InetAddress>> vet(List<InetAddress> addresses) {
        List<InetAddress> permitted = addresses.stream().filter(rules::permit).toList();
        return permitted.isEmpty()
                ? StageOutcome.stopped(Stage.Address, Reason.AddressNotAllowed, ADDRESS_NOT_ALLOWED)
                : new Passed<>(permitted);
    }

    private static StageOutcome<Socket> secure(
            Route route, Route.Proxy proxy, Socket socket, TrustAnchors trusted, Deadline deadline) {
        return proxy.secure() ? TlsStage.withProxy(route, proxy, socket, trusted, deadline) : new Passed<>(socket);
    }

    private static StageOutcome<Route> route(ProbeTarget target) {
        Authority authority = Authority.of(target.url())
                .orElseThrow(() -> new IllegalArgumentException("No host and port in " + target.url()));
        if (target.proxy().isEmpty()) {
            return new Passed<>(new Route(authority, Optional.empty()));
        }
        ProxyRoute declared = target.proxy().get();
        return Authority.of(declared.url())
                .map(it -> new Route.Proxy(
                        it, "https".equalsIgnoreCase(declared.url().getScheme()), declared.credentials()))
                .<StageOutcome<Route>>map(it -> new Passed<>(new Route(authority, Optional.of(it))))
                .orElseGet(() -> StageOutcome.stopped(
                        Stage.ProxyConnect,
                        Reason.ProxyUnreachable,
                        "Nothing was dialled: spec.network.proxy.url names no usable host and port. Write it as"
                                + " http://host:port or https://host:port."));
    }

    private StageOutcome<TrustAnchors> trusted(ProbeTarget target, Route route) {
        Optional<String> bundle = target.proxy().flatMap(ProxyRoute::caBundlePem);
        try {
            return new Passed<>(bundle.isPresent() ? anchors.and(bundle.get()) : anchors);
        } catch (CertificateException _) {
            return StageOutcome.stopped(
                    Stage.Tls,
                    Reason.TlsFailed,
                    "Nothing was dialled on the way to " + route + ": what spec.network.proxy.caBundleRef names holds"
                            + " no readable PEM certificate. Correct it.");
        }
    }
}
