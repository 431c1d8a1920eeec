package dev.tenantops.onboarding.operator.network.proxies;

import static dev.tenantops.onboarding.operator.network.proxies.ProxyProduct.HAPROXY;
import static dev.tenantops.onboarding.operator.network.proxies.ProxyProduct.TINYPROXY;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tenantops.onboarding.operator.network.proxies.TunnelRequest.Answer;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointServer;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.AfterEach;

/** Starts products in front of an https server, and ends them after the test. */
abstract class RealProxyFixture {

    static final CertificateAuthority AUTHORITY = CertificateAuthority.create("Origins and proxies");

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    final EndpointServer origin = opened(EndpointServer.start(AUTHORITY.serverContext("localhost")));
    final String target = "localhost:" + origin.address().getPort();

    @AfterEach
    void closeAll() throws Exception {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }

    /** HAProxy makes no tunnels of its own, so where the setup leaves that to it, tinyproxy makes them for it. */
    RealProxy start(ProxyProduct product, ProxySetup setup) {
        assumeTrue(product.executable().isPresent(), product::howToInstall);
        if (product == HAPROXY && setup.upstream().isEmpty() && setup.schemes().isEmpty()) {
            return start(
                    product,
                    setup.behind(start(TINYPROXY, ProxySetup.forwarding()).url()));
        }
        return opened(product.start(setup));
    }

    <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    static TunnelRequest to(RealProxy proxy, String target) {
        return TunnelRequest.through(proxy, AUTHORITY.clientContext(), target);
    }

    static Answer ask(RealProxy proxy, String target) throws IOException {
        return to(proxy, target).send();
    }

    static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
