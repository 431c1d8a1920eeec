package dev.tenantops.onboarding.sandbox.endpoint;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.util.Base64;

/** The opening handshake of https://www.rfc-editor.org/rfc/rfc6455#section-4.2, where Netty leaves it to the server. */
final class Upgrades {

    /** As {@code HubOptions.MaximumReceiveMessageSize} of ASP.NET Core is at first. */
    static final int MAX_MESSAGE_BYTES = 32 * 1024;

    private static final int KEY_BYTES = 16;

    private Upgrades() {}

    static boolean hasWebSocketHeader(HttpRequest request) {
        return request.headers().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    static boolean isAskedFor(HttpRequest request) {
        return request.method().equals(HttpMethod.GET)
                && hasWebSocketHeader(request)
                && request.headers().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    static boolean hasSupportedVersion(HttpRequest request) {
        return WebSocketVersion.V13
                .toHttpHeaderValue()
                .equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
    }

    static boolean hasValidKey(HttpRequest request) {
        try {
            return Base64.getDecoder().decode(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "")).length
                    == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Writes the 101 and the codecs; {@code wrongAccept} says whether to prove nothing to the client. */
    static WebSocketServerHandshaker handshaker(FullHttpRequest request, boolean wrongAccept) {
        WebSocketDecoderConfig configuration = WebSocketDecoderConfig.newBuilder()
                .maxFramePayloadLength(MAX_MESSAGE_BYTES)
                .build();
        return new WebSocketServerHandshaker13(request.uri(), null, configuration) {
            @Override
            protected FullHttpResponse newHandshakeResponse(FullHttpRequest upgrade, HttpHeaders headers) {
                FullHttpResponse response = super.newHandshakeResponse(upgrade, headers);
                if (wrongAccept) {
                    // As long as a SHA-1 digest, so that only the comparison with the key can tell.
                    String digest = Base64.getEncoder().encodeToString(new byte[20]);
                    response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT, digest);
                }
                return response;
            }
        };
    }
}
