package dev.tenantops.onboarding.operator.network;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What came back to a request over HTTP/1.1: the head of the final response, or why there is none. */
sealed interface HttpAnswer {

    int HEAD_LIMIT_BYTES = 16 * 1024;

    /** The status and the header fields. */
    record Head(int status, HttpHeaders headers) implements HttpAnswer {}

    /** The connection ended before the head did. */
    record Closed() implements HttpAnswer {}

    /** The head did not end in time. */
    record TimedOut() implements HttpAnswer {}

    /** Something other than HTTP/1. */
    record NotHttp() implements HttpAnswer {}

    /** A head over {@link #HEAD_LIMIT_BYTES}. */
    record TooLong() implements HttpAnswer {}

    /** Sends a request without a body, and reads the head of the response and not a byte more. */
    static HttpAnswer to(String request, Socket socket, Deadline deadline) {
        try {
            socket.setSoTimeout(deadline.remainingMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return read(socket.getInputStream());
        } catch (IOException e) {
            return deadline.caused(e) ? new TimedOut() : new Closed();
        }
    }

    /** Reads the head, past interim responses (RFC 9110 section 15.2); what follows may belong to another protocol. */
    static HttpAnswer read(InputStream in) throws IOException {
        var left = HEAD_LIMIT_BYTES;
        while (true) {
            var head = new ByteArrayOutputStream();
            var end = readTo(head, in, left);
            if (!(end instanceof Head(int status, var _)) || status / 100 != 1 || status == 101) {
                return end;
            }
            left -= head.size();
        }
    }

    private static HttpAnswer readTo(ByteArrayOutputStream head, InputStream in, int limit) throws IOException {
        var start = "HTTP/1.";
        var tail = 0;
        while (head.size() < limit) {
            var next = in.read();
            if (next < 0) {
                return new Closed();
            }
            if (head.size() < start.length() && next != start.charAt(head.size())) {
                return new NotHttp();
            }
            head.write(next);
            tail = tail << Byte.SIZE | next;
            if (tail == 0x0D0A0D0A || (tail & 0xFFFF) == 0x0A0A) {
                return decoded(head.toByteArray());
            }
        }
        return new TooLong();
    }

    private static HttpAnswer decoded(byte[] head) {
        var channel =
                new EmbeddedChannel(new HttpResponseDecoder(HEAD_LIMIT_BYTES, HEAD_LIMIT_BYTES, HEAD_LIMIT_BYTES));
        try {
            channel.writeInbound(Unpooled.wrappedBuffer(head));
            var first = channel.readInbound();
            try {
                return first instanceof HttpResponse response
                                && response.decoderResult().isSuccess()
                                && response.status().code() >= 100
                                && response.status().code() < 600
                        ? new Head(response.status().code(), response.headers())
                        : new NotHttp();
            } finally {
                ReferenceCountUtil.release(first);
            }
        } finally {
            channel.finishAndReleaseAll();
        }
    }
}
