package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.WebSocketFrames.Received;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Reason;
import dev.tenantops.onboarding.operator.observe.ProbeResult.Stage;
import java.io.IOException;
import java.time.Duration;

/** Whether an upgraded connection carries frames, and still does after a silence. */
final class WebSocketStage {

    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Route route;
    private final Secured connection;
    private final WebSocketFrames frames;

    WebSocketStage(Route route, Secured connection, WebSocketFrames frames) {
        this.route = route;
        this.connection = connection;
        this.frames = frames;
    }

    /** Any frame will do: SignalR servers answer pings, and speak unasked. */
    StageOutcome<Secured> firstFrame(Deadline deadline) {
        try {
            frames.ping();
        } catch (IOException _) {
            return dropped(Stage.WebSocketFrame, "the connection broke right after the upgrade");
        }
        return switch (frames.next(deadline.remaining())) {
            case Received.Pong _, Received.Other _ -> new StageOutcome.Passed<>(connection);
            case Received.TooMuch _ -> tooMuch();
            case Received.Nothing _ ->
                StageOutcome.stopped(
                        Stage.WebSocketFrame,
                        Reason.WebSocketSilent,
                        "the WebSocket was accepted, but no frame came back, not even to a ping",
                        "Let every proxy and gateway on the way to " + route.target()
                                + " pass WebSocket frames without buffering them");
            case Received.Close(int code) -> closed(Stage.WebSocketFrame, code);
            case Received.Ended(String how) -> dropped(Stage.WebSocketFrame, how + " right after the upgrade");
        };
    }

    /** Keeps silent for a while, since idle connections are what middleboxes forget. */
    StageOutcome<Secured> hold(Duration hold, Deadline deadline) {
        deadline.extend(hold);
        var end = System.nanoTime() + hold.toNanos();
        while (true) {
            var left = Duration.ofNanos(end - System.nanoTime());
            if (!left.isPositive()) {
                return stillAlive(deadline);
            }
            switch (frames.next(left)) {
                case Received.Close(int code) -> {
                    return closed(Stage.WebSocketHold, code);
                }
                case Received.Ended(String how) -> {
                    return dropped(Stage.WebSocketHold, how + " while the WebSocket was held open");
                }
                case Received.TooMuch _ -> {
                    return tooMuch();
                }
                case Received.Pong _, Received.Other _, Received.Nothing _ -> {}
            }
        }
    }

    void finish() {
        frames.finish(GOODBYE);
    }

    private StageOutcome<Secured> stillAlive(Deadline deadline) {
        try {
            frames.ping();
        } catch (IOException _) {
            return dropped(Stage.WebSocketHold, "the connection broke while the WebSocket was held open");
        }
        return switch (frames.next(deadline.remaining())) {
            case Received.Pong _, Received.Other _ -> new StageOutcome.Passed<>(connection);
            case Received.TooMuch _ -> tooMuch();
            case Received.Close(int code) -> closed(Stage.WebSocketHold, code);
            case Received.Ended(String how) -> dropped(Stage.WebSocketHold, how + " while the WebSocket was held open");
            case Received.Nothing _ ->
                dropped(Stage.WebSocketHold, "after the WebSocket had been silent, a ping was no longer answered");
        };
    }

    private StageOutcome<Secured> closed(Stage stage, int code) {
        if (connection.inspected()) {
            return dropped(stage, "a close frame with the code " + code + " came");
        }
        return new StageOutcome.NotProven<>(
                "the endpoint accepted the WebSocket and closed it itself with the code " + code
                        + ", so it was reached, but that a WebSocket stays open was not seen",
                "Name a probeUrl in the catalog that keeps anonymous WebSockets open, or shorten"
                        + " onboarding.network.websocket-hold");
    }

    private StageOutcome<Secured> tooMuch() {
        return new StageOutcome.NotProven<>(
                "the endpoint sends more unasked than a probe takes, so that the WebSocket stays open was not seen",
                "Name a quieter probeUrl in the catalog");
    }

    private StageOutcome<Secured> dropped(Stage stage, String how) {
        return StageOutcome.stopped(
                stage,
                Reason.WebSocketDropped,
                how,
                "Raise the idle and tunnel timeouts for " + route.target()
                        + " on every proxy and gateway on the way above a minute");
    }
}
