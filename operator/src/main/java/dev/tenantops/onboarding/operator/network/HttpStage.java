package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;

/** Asks the endpoint for its page, of which only the status counts. */
final class HttpStage {

    static final String USER_AGENT = "tenant-onboarding-operator";

    static final String NOT_HTTP = "what came back is not HTTP/1.1";
    static final String TOO_LONG =
            "the header that came back has more than " + HttpAnswer.HEAD_LIMIT_BYTES / 1024 + " KiB";

    private HttpStage() {}

    static StageOutcome<Secured> get(Route route, Secured connection, Deadline deadline) {
        var request = "GET " + route.requestTarget() + " HTTP/1.1\r\nHost: " + route.hostHeader() + "\r\nUser-Agent: "
                + USER_AGENT + "\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        return switch (HttpAnswer.to(request, connection.socket(), deadline)) {
            case HttpAnswer.Head head
            when Inspection.blocks(route, connection, head) ->
                stopped(
                        Reason.BlockedByInspection,
                        "HTTP " + head.status()
                                + " came back over a connection that the proxy opens, so the proxy blocks",
                        Inspection.next(route));
            case HttpAnswer.Head head
            when head.status() >= 500 ->
                stopped(
                        Reason.HttpFailed,
                        "the endpoint answered HTTP " + head.status(),
                        connection.inspected()
                                ? "Check that the inspecting proxy reaches " + route.target()
                                : route.setting().brokenEndpoint());
            // Any other status is the endpoint's own word, which is all that the network has to let through.
            case HttpAnswer.Head _ -> new StageOutcome.Passed<>(connection);
            case HttpAnswer.TimedOut _ ->
                stopped(
                        Reason.HttpTimedOut,
                        "TLS was established, but no complete HTTP answer came in time",
                        "Check that nothing between this cluster and " + route.target() + " holds requests back");
            case HttpAnswer.Closed _ ->
                stopped(
                        Reason.HttpFailed,
                        "the connection was closed without a complete HTTP answer",
                        "Check what stands between this cluster and " + route.target()
                                + ", and whether the endpoint works");
            case HttpAnswer.NotHttp _ -> unreadable(Stage.Http, route, NOT_HTTP);
            case HttpAnswer.TooLong _ -> unreadable(Stage.Http, route, TOO_LONG);
        };
    }

    /** The endpoint speaks, and not as an endpoint does. */
    static StageOutcome<Secured> unreadable(Stage stage, Route route, String what) {
        return StageOutcome.stopped(
                stage, Reason.HttpFailed, what, route.setting().brokenEndpoint());
    }

    private static StageOutcome<Secured> stopped(Reason reason, String what, String next) {
        return StageOutcome.stopped(Stage.Http, reason, what, next);
    }
}
