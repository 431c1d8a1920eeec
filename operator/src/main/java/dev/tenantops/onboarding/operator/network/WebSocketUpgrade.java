package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Asks the endpoint to go on with WebSocket: RFC 6455 section 4. */
final class WebSocketUpgrade {

    private static final String ACCEPT_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private WebSocketUpgrade() {}

    static StageOutcome<Secured> ask(Route route, Secured connection, Deadline deadline) {
        var random = new byte[KEY_BYTES];
        RANDOM.nextBytes(random);
        var key = Base64.getEncoder().encodeToString(random);
        var request = "GET " + route.requestTarget() + " HTTP/1.1\r\nHost: " + route.hostHeader()
                + "\r\nUser-Agent: " + HttpStage.USER_AGENT + "\r\nUpgrade: websocket\r\nConnection: Upgrade"
                + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + "\r\n\r\n";
        return switch (HttpAnswer.to(request, connection.socket(), deadline)) {
            case HttpAnswer.Head head when head.status() == 101 -> switched(route, connection, head, accept(key));
            case HttpAnswer.Head head -> answered(route, connection, head);
            case HttpAnswer.TimedOut _ ->
                stopped(
                        Reason.HttpTimedOut,
                        "TLS was established, but the request for a WebSocket got no complete answer in time",
                        allow(route));
            case HttpAnswer.Closed _ ->
                stopped(
                        Reason.WebSocketUpgradeBlocked,
                        "the connection was closed instead of being upgraded to a WebSocket",
                        allow(route));
            case HttpAnswer.NotHttp _ -> HttpStage.unreadable(Stage.WebSocketUpgrade, route, HttpStage.NOT_HTTP);
            case HttpAnswer.TooLong _ -> HttpStage.unreadable(Stage.WebSocketUpgrade, route, HttpStage.TOO_LONG);
        };
    }

    private static StageOutcome<Secured> switched(
            Route route, Secured connection, HttpAnswer.Head head, String expected) {
        var webSocket = head.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && head.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
        if (webSocket && expected.equals(head.headers().get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))) {
            return new StageOutcome.Passed<>(connection);
        }
        return stopped(
                Reason.WebSocketAcceptWrong,
                "HTTP 101 came back "
                        + (webSocket
                                ? "with a Sec-WebSocket-Accept that does not belong to the request"
                                : "without the headers that make the connection a WebSocket"),
                "Find out what answers in place of " + route.target()
                        + "; a cache or a proxy that rewrites headers looks" + " like this");
    }

    private static StageOutcome<Secured> answered(Route route, Secured connection, HttpAnswer.Head head) {
        if (Inspection.blocks(route, connection, head)) {
            return stopped(
                    Reason.BlockedByInspection,
                    "HTTP " + head.status() + " came back over a connection that the proxy opens, so the proxy blocks",
                    Inspection.next(route));
        }
        if (head.status() >= 500) {
            return stopped(
                    Reason.HttpFailed,
                    "the request for a WebSocket was answered with HTTP " + head.status(),
                    connection.inspected()
                            ? "Check that the inspecting proxy reaches " + route.target()
                            : route.setting().brokenEndpoint());
        }
        if (head.status() < 300) {
            return stopped(
                    Reason.WebSocketUpgradeBlocked,
                    "HTTP " + head.status() + " came back, as if no WebSocket had been asked for; proxies that remove"
                            + " the Upgrade header look like this"
                            + (connection.inspected() ? ", and one opens this connection" : ""),
                    allow(route));
        }
        return new StageOutcome.NotProven<>(
                "the endpoint answered the request for a WebSocket with HTTP " + head.status()
                        + ", so it was reached, but that a WebSocket works was not seen",
                "Name a probeUrl in the catalog that accepts WebSockets without signing in");
    }

    private static String allow(Route route) {
        return "Allow WebSockets (the headers Upgrade and Connection) to " + route.target()
                + " on every proxy and gateway on the way, or exempt it from TLS inspection";
    }

    private static String accept(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_SUFFIX).getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    private static StageOutcome<Secured> stopped(Reason reason, String what, String next) {
        return StageOutcome.stopped(Stage.WebSocketUpgrade, reason, what, next);
    }
}
