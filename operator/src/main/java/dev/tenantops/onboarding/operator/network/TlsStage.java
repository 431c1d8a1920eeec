package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.TlsHandshake.Done;
import dev.tenantops.onboarding.operator.network.TlsHandshake.Failed;
import dev.tenantops.onboarding.operator.network.TlsHandshake.HungUp;
import dev.tenantops.onboarding.operator.network.TlsHandshake.NotValidNow;
import dev.tenantops.onboarding.operator.network.TlsHandshake.TimedOut;
import dev.tenantops.onboarding.operator.network.TlsHandshake.UnknownIssuer;
import dev.tenantops.onboarding.operator.network.TlsHandshake.WrongHost;
import dev.tenantops.onboarding.operator.observe.Authority;
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

    /**
     * @param anchors what is trusted on this way
     * @param known what is trusted on any way
     */
    static StageOutcome<Secured> withTarget(
            Route route, Socket socket, TrustAnchors anchors, TrustAnchors known, Deadline deadline) {
        var handshake = TlsHandshake.perform(socket, route.target(), anchors, deadline);
        var target = route.target().toString();
        return switch (handshake) {
            case Done(var secured) ->
                new StageOutcome.Passed<>(new Secured(secured, anchors != known && !known.issued(chain(secured))));
            case UnknownIssuer(String issuer)
            when route.proxy().isPresent() ->
                stopped(
                        Reason.TlsIntercepted,
                        "the certificate that came back was issued by \"" + route.quote(issuer)
                                + "\", which is no public certificate authority, so the proxy opens the TLS connection",
                        "Exempt " + target + " from TLS inspection, or, if it is meant to be inspected, put that"
                                + " authority's certificate into "
                                + certificates(route, anchors));
            case UnknownIssuer _ ->
                stopped(
                        Reason.TlsIssuerUnknown,
                        what(route, handshake, route.target()),
                        "If the network inspects TLS, exempt " + target + "; if the endpoint has a private certificate"
                                + " authority, add it to the operator's trust anchors (onboarding.tls.ca-bundle)");
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

    static StageOutcome<Socket> withProxy(Route route, Socket socket, TrustAnchors anchors, Deadline deadline) {
        var handshake = TlsHandshake.perform(socket, route.firstHop(), anchors, deadline);
        if (handshake instanceof Done(var secured)) {
            return new StageOutcome.Passed<>(secured);
        }
        var next = switch (handshake) {
            case UnknownIssuer _ ->
                "Put the certificate of the authority that issued it into " + certificates(route, anchors);
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
                + (anchors.remark().isEmpty() ? "" : "; of what it holds now, " + anchors.remark());
    }

    private static String allow(String target) {
        return "Allow TLS to " + target + " without inspection; firewalls that filter by server name look like this";
    }

    private static String what(Route route, TlsHandshake handshake, Authority peer) {
        return switch (handshake) {
            case Done _ -> throw new IllegalStateException("Nothing is wrong with a finished handshake");
            case TimedOut _ -> peer + " did not finish the TLS handshake in time";
            case HungUp _ -> "the connection was closed during the TLS handshake with " + peer;
            case UnknownIssuer(String issuer) ->
                "the certificate of " + peer + " was issued by \"" + route.quote(issuer) + "\", which is not trusted";
            case NotValidNow(String subject, var notBefore, var notAfter) ->
                "the certificate \"" + route.quote(subject) + "\" is valid from " + notBefore + " to " + notAfter
                        + " only";
            case WrongHost(var names) ->
                "the certificate of " + peer + " is for "
                        + (names.isEmpty() ? "no DNS name" : route.quote(String.join(", ", names)));
            case Failed(String what) -> "the TLS handshake with " + peer + " failed: " + route.quote(what);
        };
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
