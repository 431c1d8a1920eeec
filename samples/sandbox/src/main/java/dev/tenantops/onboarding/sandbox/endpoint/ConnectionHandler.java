package dev.tenantops.onboarding.sandbox.endpoint;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.CodecException;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** The last handler of a connection, which ends it when something goes wrong. */
abstract class ConnectionHandler<T> extends SimpleChannelInboundHandler<T> {

    private static final Logger LOG = System.getLogger(ConnectionHandler.class.getName());

    ConnectionHandler(Class<? extends T> messages) {
        super(messages);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A client that leaves, breaks the protocol, or does not trust the certificate is none of the server's
        // business.
        if (!(cause instanceof IOException || cause instanceof CodecException)) {
            LOG.log(Level.ERROR, "The endpoint itself failed", cause);
        }
        context.close();
    }
}
