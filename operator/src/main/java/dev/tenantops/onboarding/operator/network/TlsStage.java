package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.TlsHandshake.Done;
import dev.tenantops.onboarding.operator.network.TlsHandshake.Failed;
import dev.tenantops.onboarding.operator.network.TlsHandshake.HungUp;
import dev.tenantops.onboarding.operator.network.TlsHandshake.NotValidNow;
import dev.tenantops.onboarding.operator.network.TlsHandshake.TimedOut;
import dev.tenantops.onboarding.operator.network.TlsHandshake.UnknownIssuer;
import dev.tenantops.onboarding.operator.network.TlsHandshake.WrongHost;
import dev.tenantops.onboarding.operator.observe.Authority;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** TLS to the target, and before that to a proxy that is spoken to over TLS. */
final class TlsStage {

    private TlsStage() {}

    /** @param known what is trusted on any way */
    static StageOutcome<Secured> withTarget(WayThere way, Socket socket, TrustAnchors known) {
        var route = way.route();
        var anchors = way.trusted();
        var handshake = TlsHandshake.perform(socket, route.target(), anchors, way.deadline());
        var target = route.target().toString();
        return switch (handshake) {
            case Done(var secured) ->
                new StageOutcome.Passed<>(new Secured(secured, anchors != known && !known.issued(chain(secured))));
            case UnknownIssuer(ChainEnd end) -> unknownIssuer(way, end);
            case NotValidNow _ ->
                stopped(
                        Reason.TlsCertificateExpired,
                        what(route, handshake, route.target()),
                        "Renew the certificate, or exempt " + target + " from TLS inspection");
            case WrongHost _ ->
                stopped(
                        Reason.TlsHostMismatch,
                        what(route, handshake, route.target()),
                        "Correct the endpoint's URL, or find out what answers in place of " + target);
            case TimedOut _ -> stopped(Reason.TlsTimedOut, what(route, handshake, route.target()), allow(target));
            case HungUp _, Failed _ -> stopped(Reason.TlsFailed, what(route, handshake, route.target()), allow(target));
        };
    }

    /**
     * Who has to act on a chain that leads to nobody who is trusted. A proxy that inspects TLS may leave out its authority as
     * an endpoint may leave out an intermediate one, so where the certificate itself does not tell them apart, the way is
     * asked for a name that no endpoint has.
     */
    private static StageOutcome<Secured> unknownIssuer(WayThere way, ChainEnd end) {
        if (end.selfSigned()) {
            return issuerUnknown(way, end);
        }
        if (end.whole()) {
            return way.route().proxy().isPresent() ? intercepted(way, end) : issuerUnknown(way, end);
        }
        if (end.fromPublicAuthority()) {
            return incomplete(way, end, "");
        }
        if (MintedCertificate.isMade(way)) {
            return way.route().proxy().isPresent() ? intercepted(way, end) : issuerUnknown(way, end);
        }
        return incomplete(
                way,
                end,
                ". If that is an authority with which the network inspects TLS, exempt "
                        + way.route().target() + ", or put its certificate into "
                        + (way.route().proxy().isPresent()
                                ? certificates(way.route(), way.trusted())
                                : "the operator's trust anchors (onboarding.tls.ca-bundle)"));
    }

    private static StageOutcome<Secured> intercepted(WayThere way, ChainEnd end) {
        return stopped(
                Reason.TlsIntercepted,
                "the certificate that came back was issued by \"" + way.route().quote(issuerOfLeaf(end))
                        + "\", which is no public certificate authority, so the proxy opens the TLS connection",
                "Exempt " + way.route().target()
                        + " from TLS inspection, or, if it is meant to be inspected, put that authority's certificate"
                        + " into " + certificates(way.route(), way.trusted()));
    }

    private static StageOutcome<Secured> incomplete(WayThere way, ChainEnd end, String otherwise) {
        var issuer = "\"" + way.route().quote(end.issuer()) + "\"";
        return stopped(
                Reason.TlsChainIncomplete,
                "the certificates of " + way.route().target() + " end with one that " + issuer
                        + " issued, whose own certificate did not come with them and is not trusted",
                "Ask whoever runs " + way.route().target() + " to have it send the certificate of " + issuer
                        + " along with its own; browsers may know it from elsewhere, programs do not" + otherwise);
    }

    private static StageOutcome<Secured> issuerUnknown(WayThere way, ChainEnd end) {
        var target = way.route().target();
        return stopped(
                Reason.TlsIssuerUnknown,
                what(way.route(), new UnknownIssuer(end), target),
                "If the network inspects TLS, exempt " + target + "; if the endpoint has a "
                        + (end.selfSigned() ? "certificate of its own making" : "private certificate authority")
                        + ", replace it by one of a public authority, or add it to the operator's trust anchors"
                        + " (onboarding.tls.ca-bundle)");
    }

    static StageOutcome<Socket> withProxy(WayThere way, Socket socket) {
        var route = way.route();
        var handshake = TlsHandshake.perform(socket, route.firstHop(), way.trusted(), way.deadline());
        if (handshake instanceof Done(var secured)) {
            return new StageOutcome.Passed<>(secured);
        }
        var next = switch (handshake) {
            case UnknownIssuer(ChainEnd end)
            when !end.whole() ->
                "Have the proxy send the certificate of \"" + route.quote(end.issuer())
                        + "\" along with its own, or put it into " + certificates(route, way.trusted());
            case UnknownIssuer _ ->
                "Put the certificate of the authority that issued it into " + certificates(route, way.trusted());
            case WrongHost _ -> "Name the proxy in " + route.setting().url() + " as its certificate does";
            case NotValidNow _ -> "Renew the proxy's certificate";
            default -> "Check the port, and whether " + route.setting().url() + " has to start with http://";
        };
        return StageOutcome.stopped(
                Stage.ProxyTls, Reason.ProxyTlsFailed, what(route, handshake, route.firstHop()), next);
    }

    /** Where extra authorities belong, and what is wrong with those that are there. */
    private static String certificates(Route route, TrustAnchors anchors) {
        return route.setting().certificates()
                + (anchors.remark().isEmpty() || !declared(route) ? "" : "; of what it holds now, " + anchors.remark());
    }

    /** Without a bundle of the customer's, the remark is on the operator's. */
    private static boolean declared(Route route) {
        return route.setting() == RouteSetting.OF_THE_OPERATOR
                || route.proxy().flatMap(ForwardProxy::caBundlePem).isPresent();
    }

    private static String allow(String target) {
        return "Allow TLS to " + target + " without inspection; firewalls that filter by server name look like this";
    }

    private static String what(Route route, TlsHandshake handshake, Authority peer) {
        return switch (handshake) {
            case Done _ -> throw new IllegalStateException("Nothing is wrong with a finished handshake");
            case TimedOut _ -> peer + " did not finish the TLS handshake in time";
            case HungUp _ -> "the connection was closed during the TLS handshake with " + peer;
            case UnknownIssuer(ChainEnd end)
            when end.selfSigned() ->
                "the certificate of " + peer + " is signed by itself, \"" + route.quote(issuerOfLeaf(end))
                        + "\", which is not trusted";
            case UnknownIssuer(ChainEnd end) ->
                "the certificate of " + peer + " was issued by \"" + route.quote(issuerOfLeaf(end))
                        + "\", which is not trusted";
            case NotValidNow(String subject, var notBefore, var notAfter) ->
                "the certificate \"" + route.quote(subject) + "\" is valid from " + notBefore + " to " + notAfter
                        + " only";
            case WrongHost(var names) ->
                "the certificate of " + peer + " is for "
                        + (names.isEmpty() ? "no DNS name" : route.quote(String.join(", ", names)));
            case Failed(String what) -> "the TLS handshake with " + peer + " failed: " + route.quote(what);
        };
    }

    private static String issuerOfLeaf(ChainEnd end) {
        return end.leaf().getIssuerX500Principal().getName();
    }

    private static List<X509Certificate> chain(SSLSocket socket) {
        try {
            return Stream.of(socket.getSession().getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            throw new IllegalStateException("The handshake has verified the peer", e);
        }
    }

    private static StageOutcome<Secured> stopped(Reason reason, String what, String next) {
        return StageOutcome.stopped(Stage.Tls, reason, what, next);
    }
}
