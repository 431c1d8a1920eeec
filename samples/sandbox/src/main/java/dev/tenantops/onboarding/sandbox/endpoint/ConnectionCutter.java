package dev.tenantops.onboarding.sandbox.endpoint;

import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour.Cut;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Ends TCP connections as middleboxes do. */
final class ConnectionCutter {

    private ConnectionCutter() {}

    /** From the network's end of the pipeline, so that TLS does not say goodbye. */
    static void cut(Channel channel, Cut cut) {
        if (cut == Cut.RESET) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        channel.pipeline().firstContext().close();
    }

    /** Has to be a connection's first handler, so that it counts whatever is on the wire. */
    static IdleStateHandler whenIdle(Duration idle, Cut cut) {
        return new IdleStateHandler(0, 0, idle.toNanos(), TimeUnit.NANOSECONDS) {
            @Override
            protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
                cut(context.channel(), cut);
            }
        };
    }
}
