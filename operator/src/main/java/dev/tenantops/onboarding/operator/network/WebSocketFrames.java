package dev.tenantops.onboarding.operator.network;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;

/** The frames of an upgraded connection: RFC 6455 section 5. */
final class WebSocketFrames implements AutoCloseable {

    private static final int FRAME_LIMIT_BYTES = 64 * 1024;
    private static final int BYTES_LIMIT = 1024 * 1024;

    private final Socket socket;
    private final Deadline deadline;
    private final EmbeddedChannel codec = new EmbeddedChannel(
            new WebSocket13FrameDecoder(false, true, FRAME_LIMIT_BYTES, true), new WebSocket13FrameEncoder(true));
    private final byte[] buffer = new byte[4096];
    private int taken;

    /** @param deadline whose end closes the socket, which is then taken for a silence and not for a broken connection */
    WebSocketFrames(Socket socket, Deadline deadline) {
        this.socket = socket;
        this.deadline = deadline;
    }

    /** What was next. */
    sealed interface Received {
        record Pong() implements Received {}

        /** Any other frame than a pong and a close. */
        record Other() implements Received {}

        record Close(int code) implements Received {}

        /** Nothing in the given time. */
        record Nothing() implements Received {}

        /** The connection ended without a close frame, or with something that is no frame. */
        record Ended(String how) implements Received {}

        /** More came unasked than a probe takes. */
        record TooMuch() implements Received {}
    }

    void ping() throws IOException {
        write(new PingWebSocketFrame());
    }

    /** Waits for one frame; a ping is answered on the way. */
    Received next(Duration atMost) {
        var end = System.nanoTime() + atMost.toNanos();
        while (true) {
            WebSocketFrame frame = codec.readInbound();
            if (frame != null) {
                try {
                    return received(frame);
                } catch (IOException e) {
                    return new Received.Ended("the connection broke");
                } finally {
                    frame.release();
                }
            }
            if (taken > BYTES_LIMIT) {
                return new Received.TooMuch();
            }
            var left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return new Received.Nothing();
            }
            try {
                socket.setSoTimeout(Math.clamp(left, 1, Integer.MAX_VALUE));
                var length = socket.getInputStream().read(buffer);
                if (length < 0) {
                    return new Received.Ended("the connection was closed");
                }
                taken += length;
                codec.writeInbound(Unpooled.copiedBuffer(buffer, 0, length));
            } catch (CorruptedWebSocketFrameException _) {
                return new Received.Ended("what came is no WebSocket frame");
            } catch (IOException e) {
                return deadline.caused(e) ? new Received.Nothing() : new Received.Ended("the connection was reset");
            }
        }
    }

    /** Says goodbye, so that probes leave no errors in the endpoint's log, and waits a moment for the answer. */
    void finish(Duration atMost) {
        try {
            write(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        } catch (IOException _) {
            return;
        }
        var end = System.nanoTime() + atMost.toNanos();
        Received received;
        do {
            received = next(Duration.ofNanos(end - System.nanoTime()));
        } while (received instanceof Received.Other || received instanceof Received.Pong);
    }

    @Override
    public void close() {
        codec.finishAndReleaseAll();
    }

    private Received received(WebSocketFrame frame) throws IOException {
        return switch (frame) {
            case PongWebSocketFrame _ -> new Received.Pong();
            case PingWebSocketFrame ping -> {
                write(new PongWebSocketFrame(ping.content().retain()));
                yield new Received.Other();
            }
            case CloseWebSocketFrame close -> new Received.Close(close.statusCode());
            default -> new Received.Other();
        };
    }

    private void write(WebSocketFrame frame) throws IOException {
        codec.writeOutbound(frame);
        for (ByteBuf bytes = codec.readOutbound(); bytes != null; bytes = codec.readOutbound()) {
            try {
                socket.getOutputStream().write(ByteBufUtil.getBytes(bytes));
            } finally {
                bytes.release();
            }
        }
    }
}
