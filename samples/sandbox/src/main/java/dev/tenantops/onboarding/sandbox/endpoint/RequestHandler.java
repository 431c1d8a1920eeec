package dev.tenantops.onboarding.sandbox.endpoint;

import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.Answer;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.CloseAfterUpgrade;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.DropAfter;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.DropWhenIdle;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.EndlessHead;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.HangUp;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.NeverAnswer;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.Serve;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.SilentAfterUpgrade;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.SwallowUpgrade;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.WrongAccept;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Answers the requests of one connection until it becomes a WebSocket. */
final class RequestHandler extends ConnectionHandler<FullHttpRequest> {

    private final EndpointBehaviour behaviour;
    private final SignalRTimings timings;
    private final EndpointTraffic traffic;

    RequestHandler(EndpointBehaviour behaviour, SignalRTimings timings, EndpointTraffic traffic) {
        super(FullHttpRequest.class);
        this.behaviour = behaviour;
        this.timings = timings;
        this.traffic = traffic;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (request.decoderResult().isFailure()) {
            HttpUtil.setKeepAlive(request, false);
            respond(context, request, text(HttpResponseStatus.BAD_REQUEST));
            return;
        }
        switch (behaviour) {
            case SwallowUpgrade() -> respond(context, request, text(HttpResponseStatus.OK));
            case Answer answer -> {
                FullHttpResponse response = text(HttpResponseStatus.valueOf(answer.status()));
                answer.headers().forEach(response.headers()::set);
                respond(context, request, response);
            }
            case NeverAnswer() -> {}
            case HangUp() -> context.close();
            case EndlessHead(int lineBytes) ->
                new EndlessHeadWriter(context.pipeline().context(HttpServerCodec.class), lineBytes).start();
            case Serve(),
                    WrongAccept(),
                    SilentAfterUpgrade(),
                    CloseAfterUpgrade(int _, String _),
                    DropAfter(var _, var _),
                    DropWhenIdle(var _, var _) -> serve(context, request);
        }
    }

    private void serve(ChannelHandlerContext context, FullHttpRequest request) {
        QueryStringDecoder uri = new QueryStringDecoder(request.uri());
        if (Upgrades.isAskedFor(request)) {
            upgrade(context, request);
        } else if (request.method().equals(HttpMethod.POST) && uri.path().endsWith("/negotiate")) {
            traffic.negotiated();
            respond(
                    context,
                    request,
                    response(
                            HttpResponseStatus.OK, "application/json", HubMessages.negotiation(negotiateVersion(uri))));
        } else {
            respond(context, request, text(HttpResponseStatus.OK));
        }
    }

    private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
        if (!Upgrades.hasSupportedVersion(request)) {
            FullHttpResponse response = text(HttpResponseStatus.UPGRADE_REQUIRED);
            response.headers()
                    .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, WebSocketVersion.V13.toHttpHeaderValue())
                    .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
            respond(context, request, response);
            return;
        }
        if (!Upgrades.hasValidKey(request)) {
            respond(context, request, text(HttpResponseStatus.BAD_REQUEST));
            return;
        }
        traffic.upgraded(context.channel());
        ChannelPipeline pipeline = context.pipeline();
        Upgrades.handshaker(request, behaviour instanceof WrongAccept).handshake(context.channel(), request);
        if (behaviour instanceof SilentAfterUpgrade) {
            pipeline.addLast(new Silence());
        } else {
            WebSocketSession session = new WebSocketSession(timings, traffic);
            pipeline.addLast(new WebSocketFrameAggregator(Upgrades.MAX_MESSAGE_BYTES), session);
            if (behaviour instanceof CloseAfterUpgrade(int code, String reason)) {
                session.close(pipeline.context(session), new WebSocketCloseStatus(code, reason));
            }
        }
        if (behaviour instanceof DropAfter(var open, var cut)) {
            Channel channel = context.channel();
            channel.eventLoop()
                    .schedule(() -> ConnectionCutter.cut(channel, cut), open.toNanos(), TimeUnit.NANOSECONDS);
        }
        pipeline.remove(this);
    }

    /** TransportProtocols.md: without the parameter, the version is 0. */
    private static int negotiateVersion(QueryStringDecoder uri) {
        String version =
                uri.parameters().getOrDefault("negotiateVersion", List.of("0")).getFirst();
        return version.matches("\\d{1,9}") ? Integer.parseInt(version) : 0;
    }

    private static void respond(ChannelHandlerContext context, FullHttpRequest request, FullHttpResponse response) {
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        HttpUtil.setContentLength(response, response.content().readableBytes());
        HttpUtil.setKeepAlive(response, keepAlive);
        ChannelFuture sent = context.writeAndFlush(response);
        if (!keepAlive) {
            sent.addListener(ChannelFutureListener.CLOSE);
        }
    }

    private static FullHttpResponse text(HttpResponseStatus status) {
        return response(status, "text/plain", status.reasonPhrase());
    }

    private static FullHttpResponse response(HttpResponseStatus status, String type, String body) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        return response;
    }

    /** Reads frames and does nothing. */
    private static final class Silence extends ConnectionHandler<WebSocketFrame> {

        Silence() {
            super(WebSocketFrame.class);
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {}
    }
}
