package dev.tenantops.onboarding.sandbox.endpoint;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket on which SignalR is spoken. As with ASP.NET Core, pings of the WebSocket layer are answered whatever
 * SignalR is at, but do not replace its handshake.
 */
final class WebSocketSession extends ConnectionHandler<WebSocketFrame> {

    /** As {@code WebSocketOptions.CloseTimeout} of ASP.NET Core is at first. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** As ASP.NET Core sends it. */
    private static final WebSocketCloseStatus WITHOUT_REASON = new WebSocketCloseStatus(1000, "");

    private enum State {
        HANDSHAKING,
        CONNECTED,
        CLOSING
    }

    private final SignalRTimings timings;
    private final EndpointTraffic traffic;
    private final StringBuilder received = new StringBuilder();
    private State state = State.HANDSHAKING;
    private Future<?> timer;

    WebSocketSession(SignalRTimings timings, EndpointTraffic traffic) {
        super(WebSocketFrame.class);
        this.timings = timings;
        this.traffic = traffic;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        timer = after(context, timings.handshakeTimeout(), () -> refuse(context, "Handshake was canceled."));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        timer.cancel(false);
        context.fireChannelInactive();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        switch (frame) {
            case CloseWebSocketFrame close -> answerClose(context, close);
            case PingWebSocketFrame ping
            when state != State.CLOSING ->
                context.writeAndFlush(new PongWebSocketFrame(ping.content().retain()));
            case TextWebSocketFrame text -> receive(context, text);
            case BinaryWebSocketFrame binary -> receive(context, binary);
            default -> {}
        }
    }

    /** Starts the closing handshake; the TCP connection ends when the client has answered, or did not. */
    void close(ChannelHandlerContext context, WebSocketCloseStatus status) {
        state = State.CLOSING;
        timer.cancel(false);
        timer = after(context, CLOSE_TIMEOUT, context::close);
        context.writeAndFlush(new CloseWebSocketFrame(status));
    }

    private void answerClose(ChannelHandlerContext context, CloseWebSocketFrame close) {
        if (state == State.CLOSING) {
            context.close();
            return;
        }
        state = State.CLOSING;
        context.writeAndFlush(close.retain()).addListener(sent -> context.close());
    }

    /** A message may be spread over several frames of the WebSocket, and a frame may hold several messages. */
    private void receive(ChannelHandlerContext context, WebSocketFrame frame) {
        received.append(frame.content().toString(StandardCharsets.UTF_8));
        int end = received.indexOf(String.valueOf(HubMessages.RECORD_SEPARATOR));
        while (end >= 0 && state != State.CLOSING) {
            String message = received.substring(0, end);
            received.delete(0, end + 1);
            receive(context, message);
            end = received.indexOf(String.valueOf(HubMessages.RECORD_SEPARATOR));
        }
        if (state != State.CLOSING && received.length() > Upgrades.MAX_MESSAGE_BYTES) {
            close(context, WITHOUT_REASON);
        }
    }

    private void receive(ChannelHandlerContext context, String message) {
        if (state == State.CONNECTED) {
            if (HubMessages.isClose(message)) {
                close(context, WITHOUT_REASON);
            }
            return;
        }
        Optional<String> refusal = HubMessages.refusal(message);
        if (refusal.isPresent()) {
            refuse(context, refusal.get());
        } else {
            connect(context);
        }
    }

    private void connect(ChannelHandlerContext context) {
        state = State.CONNECTED;
        timer.cancel(false);
        traffic.handshaken();
        context.writeAndFlush(new TextWebSocketFrame(HubMessages.HANDSHAKE_ACCEPTED));
        long interval = timings.keepAlive().toNanos();
        timer = context.executor()
                .scheduleAtFixedRate(
                        () -> context.writeAndFlush(new TextWebSocketFrame(HubMessages.PING)),
                        interval,
                        interval,
                        TimeUnit.NANOSECONDS);
    }

    /** ASP.NET Core says why in SignalR's terms, and closes the WebSocket as if all were well. */
    private void refuse(ChannelHandlerContext context, String error) {
        context.writeAndFlush(new TextWebSocketFrame(HubMessages.handshakeRefused(error)));
        close(context, WITHOUT_REASON);
    }

    private static Future<?> after(ChannelHandlerContext context, Duration delay, Runnable action) {
        return context.executor().schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
