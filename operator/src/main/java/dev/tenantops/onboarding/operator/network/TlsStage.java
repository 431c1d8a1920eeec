package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.TlsHandshake.Done;
import dev.tenantops.onboarding.operator.network.TlsHandshake.Failed;
import dev.tenantops.onboarding.operator.network.TlsHandshake.HungUp;
import dev.tenantops.onboarding.operator.network.TlsHandshake.NotValidNow;
import dev.tenantops.onboarding.operator.network.TlsHandshake.TimedOut;
import dev.tenantops.onboarding.operator.network.TlsHandshake.UnknownIssuer;
import dev.tenantops.onboarding.operator.network.TlsHandshake.WrongHost;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import java.net.Socket;

/** TLS to the target, and before that to a proxy that is spoken to over TLS. */
final class TlsStage {

    private TlsStage() {}

    static StageOutcome<Socket> withTarget(Route route, Socket socket, TrustAnchors anchors, Deadline deadline) {
        boolean proxied = route.proxy().isPresent();
        TlsHandshake handshake = TlsHandshake.perform(socket, route.target(), anchors, deadline);
        if (handshake instanceof UnknownIssuer(String issuer) && proxied) {
            return StageOutcome.stopped(
                    Stage.Tls,
                    Reason.TlsIntercepted,
                    "Tried " + route + ": the certificate that came back was issued by \"" + route.quote(issuer)
                            + "\", which is no public certificate authority, so the proxy opens the TLS connection."
                            + " Exempt " + route.target() + " from TLS inspection, or, if it is meant to be"
                            + " inspected, put that authority's certificate into spec.network.proxy.caBundleRef.");
        }
        return outcome(route, handshake, Stage.Tls, route.target(), advice(route, handshake));
    }

    static StageOutcome<Socket> withProxy(
            Route route, Route.Proxy proxy, Socket socket, TrustAnchors anchors, Deadline deadline) {
        TlsHandshake handshake = TlsHandshake.perform(socket, proxy.authority(), anchors, deadline);
        String advice = switch (handshake) {
            case UnknownIssuer _ ->
                "Put the certificate of the authority that issued it into" + " spec.network.proxy.caBundleRef";
            case WrongHost _ -> "Name the proxy in spec.network.proxy.url as its certificate does";
            case NotValidNow _ -> "Renew the proxy's certificate";
            default -> "Check the port, and whether spec.network.proxy.url has to start with http://";
        };
        return outcome(route, handshake, Stage.ProxyTls, proxy.authority(), advice);
    }

    private static String advice(Route route, TlsHandshake handshake) {
        String target = route.target().toString();
        return switch (handshake) {
            case UnknownIssuer _ ->
                "If the network inspects TLS, exempt " + target + "; if the endpoint has a private certificate"
                        + " authority, add it to the operator's trust anchors (onboarding.tls.ca-bundle)";
            case NotValidNow _ -> "Renew the certificate, or exempt " + target + " from TLS inspection";
            case WrongHost _ ->
                "Correct the endpoint's URL in the catalog, or find out what answers in place of " + target;
            default ->
                "Allow TLS to " + target + " without inspection; firewalls that filter by server name look like this";
        };
    }

    private static StageOutcome<Socket> outcome(
            Route route, TlsHandshake handshake, Stage stage, Authority peer, String advice) {
        return switch (handshake) {
            case Done(var secured) -> new StageOutcome.Passed<>(secured);
            case TimedOut _ ->
                stopped(
                        route,
                        stage,
                        Reason.ConnectTimedOut,
                        peer + " did not finish the TLS handshake in time",
                        advice);
            case HungUp _ -> failed(route, stage, "the connection was closed during the TLS handshake", advice);
            case UnknownIssuer(String issuer) ->
                failed(
                        route,
                        stage,
                        "the certificate of " + peer + " was issued by \"" + route.quote(issuer)
                                + "\", which is not trusted",
                        advice);
            case NotValidNow(String subject, var notBefore, var notAfter) ->
                failed(
                        route,
                        stage,
                        "the certificate \"" + route.quote(subject) + "\" is valid from " + notBefore + " to "
                                + notAfter + " only",
                        advice);
            case WrongHost(var names) ->
                failed(
                        route,
                        stage,
                        "the certificate of " + peer + " is for "
                                + (names.isEmpty() ? "no DNS name" : route.quote(String.join(", ", names))),
                        advice);
            case Failed(String what) ->
                failed(route, stage, "the TLS handshake with " + peer + " failed: " + route.quote(what), advice);
        };
    }

    private static StageOutcome<Socket> failed(Route route, Stage stage, String what, String advice) {
        return stopped(route, stage, Reason.TlsFailed, what, advice);
    }

    private static StageOutcome<Socket> stopped(Route route, Stage stage, Reason reason, String what, String advice) {
        return StageOutcome.stopped(stage, reason, "Tried " + route + ": " + what + ". " + advice + ".");
    }
}
