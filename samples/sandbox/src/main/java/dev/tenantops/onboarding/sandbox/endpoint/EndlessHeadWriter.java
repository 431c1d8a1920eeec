package dev.tenantops.onboarding.sandbox.endpoint;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;

/** Writes a response's head that does not end, as fast as the client reads it. */
final class EndlessHeadWriter {

    private static final String STATUS_LINE = "HTTP/1.1 200 OK\r\n";
    private static final String NAME = "X-Padding: ";
    private static final int CHUNK_BYTES = 8 * 1024;

    private final ChannelHandlerContext belowHttp;
    private final int lineBytes;
    private int leftInLine;

    /** @param belowHttp where bytes can be written that Netty's HTTP codec would not let pass */
    EndlessHeadWriter(ChannelHandlerContext belowHttp, int lineBytes) {
        this.belowHttp = belowHttp;
        this.lineBytes = lineBytes;
    }

    void start() {
        leftInLine = lineBytes;
        write(STATUS_LINE + NAME);
    }

    private void writeMore(ChannelFuture written) {
        if (!written.isSuccess()) {
            return;
        }
        int padding = Math.min(leftInLine, CHUNK_BYTES);
        boolean lineEnds = padding == leftInLine && lineBytes != Integer.MAX_VALUE;
        if (lineBytes != Integer.MAX_VALUE) {
            leftInLine = lineEnds ? lineBytes : leftInLine - padding;
        }
        write("a".repeat(padding) + (lineEnds ? "\r\n" + NAME : ""));
    }

    private void write(String text) {
        ByteBuf bytes = ByteBufUtil.writeAscii(belowHttp.alloc(), text);
        // In a task of its own, since a chain of completed writes would call itself until the stack is full.
        belowHttp
                .writeAndFlush(bytes)
                .addListener((ChannelFuture written) -> belowHttp.executor().execute(() -> writeMore(written)));
    }
}
