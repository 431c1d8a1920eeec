package dev.tenantops.onboarding.sandbox.endpoint;

import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.DropWhenIdle;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/** Equips each new connection with TLS, HTTP, and the behaviour of the moment, which it then keeps. Thread-safe. */
public final class EndpointConnections extends ChannelInitializer<SocketChannel> {

    /** What the Azure SignalR Service accepts as a header; its access tokens come in the request line. */
    private static final int MAX_HEAD_BYTES = 16 * 1024;

    private static final int MAX_BODY_BYTES = 64 * 1024;

    private final SSLContext tls;
    private final EndpointTraffic traffic;
    private volatile EndpointBehaviour behaviour = new EndpointBehaviour.Serve();
    private volatile SignalRTimings timings = SignalRTimings.DEFAULT;

    public EndpointConnections(SSLContext tls, EndpointTraffic traffic) {
        this.tls = tls;
        this.traffic = traffic;
    }

    /** Changes what happens to new connections. */
    public void behave(EndpointBehaviour next) {
        behaviour = next;
    }

    /** Changes the timings of new connections. */
    public void timings(SignalRTimings next) {
        timings = next;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        EndpointBehaviour chosen = behaviour;
        ChannelPipeline pipeline = channel.pipeline();
        if (chosen instanceof DropWhenIdle(var idle, var cut)) {
            pipeline.addLast(ConnectionCutter.whenIdle(idle, cut));
        }
        SSLEngine engine = tls.createSSLEngine();
        engine.setUseClientMode(false);
        pipeline.addLast(
                new SslHandler(engine),
                new HttpServerCodec(new HttpDecoderConfig()
                        .setMaxInitialLineLength(MAX_HEAD_BYTES)
                        .setMaxHeaderSize(MAX_HEAD_BYTES)),
                new RequestRecorder(),
                new HttpObjectAggregator(MAX_BODY_BYTES),
                new RequestHandler(chosen, timings, traffic));
    }

    private final class RequestRecorder extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                traffic.received(request);
            }
            context.fireChannelRead(message);
        }
    }
}
