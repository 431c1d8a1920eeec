package dev.tenantops.onboarding.operator.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Sockets to a forward proxy, for an HTTP client that knows proxies over plain TCP only. A socket to an https proxy
 * secures itself, with the proxy's name verified, before the client writes its first byte.
 */
public final class ProxySockets {

    private ProxySockets() {}

    /**
     * @param proxy {@code http://host:port} or {@code https://host:port}
     * @param trustAnchors a PEM file with certificates that are trusted beside those of the JDK
     * @throws IllegalArgumentException if the file has no readable certificate
     */
    public static SocketFactory to(URI proxy, Optional<Path> trustAnchors) {
        return "https".equalsIgnoreCase(proxy.getScheme())
                ? new TlsSockets(TrustAnchors.ofJdkAnd(trustAnchors))
                : SocketFactory.getDefault();
    }

    private static final class TlsSockets extends SocketFactory {

        private final SSLContext context;

        private TlsSockets(TrustAnchors anchors) {
            try {
                context = SSLContext.getInstance("TLS");
                context.init(null, new TrustManager[] {anchors.trustManager()}, null);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("This JDK has no TLS", e);
            }
        }

        @Override
        public Socket createSocket() throws IOException {
            SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket();
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            return socket;
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            return connected(new InetSocketAddress(host, port), null);
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
            return connected(new InetSocketAddress(host, port), new InetSocketAddress(localHost, localPort));
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            return connected(new InetSocketAddress(host, port), null);
        }

        @Override
        public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
                throws IOException {
            return connected(new InetSocketAddress(address, port), new InetSocketAddress(localAddress, localPort));
        }

        private Socket connected(InetSocketAddress to, InetSocketAddress from) throws IOException {
            Socket socket = createSocket();
            socket.bind(from);
            socket.connect(to);
            return socket;
        }
    }
}
