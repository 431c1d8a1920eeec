package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.StageOutcome.NotProven;
import dev.tenantops.onboarding.operator.network.StageOutcome.Passed;
import dev.tenantops.onboarding.operator.network.StageOutcome.Stopped;
import dev.tenantops.onboarding.operator.observe.Authority;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ProbeCaller;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/** Probes over plain blocking sockets, one thread per probe; virtual threads are fine. */
public final class SocketNetworkProbe implements AutoCloseable {

    private final ProbeSettings settings;
    private final TrustAnchors anchors;
    private final TrustedBundles bundles;
    private final AddressRules rules;
    private final Map<String, AddressRules> rulesOfNamespaces;
    private final NameLookup.Names names;
    private final Dialer dialer;

    /** @throws IllegalArgumentException if a range is not in CIDR form */
    public SocketNetworkProbe(ProbeSettings settings) {
        this(settings, new DnsNames());
    }

    SocketNetworkProbe(ProbeSettings settings, NameLookup.Names names) {
        this.settings = settings;
        this.names = names;
        anchors = settings.trustAnchors();
        bundles = new TrustedBundles(anchors);
        rules = settings.addresses().rules();
        rulesOfNamespaces = settings.addresses().rulesOfNamespaces();
        dialer = new Dialer(settings.connectTimeout());
    }

    /** Tries once, by the rules of all namespaces. */
    ProbeResult probe(ProbeTarget target) {
        return probe(target, rules);
    }

    /** The rules that hold for whoever asks; the same instance for all for whom the same rules hold. */
    AddressRules rules(ProbeCaller caller) {
        return rulesOfNamespaces.getOrDefault(caller.namespace(), rules);
    }

    /**
     * Tries once. Blocks for a bounded time.
     *
     * @throws CancellationException if the thread was interrupted, so that a shutdown is never taken for a broken network
     */
    ProbeResult probe(ProbeTarget target, AddressRules rules) {
        var attempt = new ProbeAttempt(settings, anchors, rules, new NameLookup(names), dialer);
        var authority = Authority.of(target.url());
        if (authority.isEmpty()) {
            return new ProbeResult.Unfinished(
                    attempt.trace(target),
                    "nothing was dialled: its URL names no usable host and port",
                    "Correct its url or probeUrl in the catalog");
        }
        var outcome = route(target, authority.get())
                .then(route -> trusted(target).then(trusted -> attempt.run(route, trusted)));
        if (!(outcome instanceof Passed) && Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The probe was interrupted");
        }
        var trace = attempt.trace(target);
        return switch (outcome) {
            case Passed<Secured> _ -> new ProbeResult.Reachable(trace);
            case NotProven<Secured>(String message, String next) -> new ProbeResult.NotProven(trace, message, next);
            case Stopped<Secured>(var stage, var reason, String message, String next) ->
                new ProbeResult.Unreachable(trace, stage, reason, message, next);
        };
    }

    /** Ends the look-up of names; probes under way may fail. */
    @Override
    public void close() {
        if (names instanceof DnsNames dns) {
            dns.close();
        }
    }

    private StageOutcome<Route> route(ProbeTarget target, Authority authority) {
        return target.proxy()
                .map(it -> Authority.of(it.url()))
                .orElse(Optional.of(authority))
                .<StageOutcome<Route>>map(firstHop -> new Passed<>(
                        new Route(target.url(), authority, target.proxy(), firstHop, settings.routeSetting())))
                .orElseGet(() -> StageOutcome.stopped(
                        Stage.ProxyConnect,
                        Reason.ProxyInvalid,
                        "nothing was dialled: " + settings.routeSetting().url() + " names no usable host and port",
                        "Write it as http://host:port or https://host:port"));
    }

    private StageOutcome<TrustAnchors> trusted(ProbeTarget target) {
        var bundle = target.proxy().flatMap(ForwardProxy::caBundlePem).map(bundles::with);
        if (bundle.isEmpty()) {
            return new Passed<>(anchors);
        }
        return bundle.get()
                .anchors()
                .<StageOutcome<TrustAnchors>>map(Passed::new)
                .orElseGet(() -> StageOutcome.stopped(
                        Stage.Tls,
                        Reason.ProxyInvalid,
                        "nothing was dialled: what " + settings.routeSetting().certificates()
                                + " names holds no readable PEM certificate"
                                + bracketed(bundle.get().remark()),
                        "Correct it"));
    }

    private static String bracketed(String remark) {
        return remark.isEmpty() ? "" : " (" + remark + ")";
    }
}
