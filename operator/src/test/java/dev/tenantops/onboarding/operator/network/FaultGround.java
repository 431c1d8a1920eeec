package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.FaultTrial.Outcome;
import dev.tenantops.onboarding.operator.network.proxies.ProxyProduct;
import dev.tenantops.onboarding.operator.network.proxies.ProxySetup;
import dev.tenantops.onboarding.operator.network.proxies.RealProxy;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ForwardProxy.Credentials;
import dev.tenantops.onboarding.operator.observe.ProbeTarget;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointBehaviour;
import dev.tenantops.onboarding.sandbox.endpoint.EndpointServer;
import dev.tenantops.onboarding.sandbox.tls.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What the trials of faults stand on: endpoints, proxies, and a probe that trusts one authority. */
final class FaultGround implements AutoCloseable {

    static final Credentials CREDENTIALS = new Credentials("onboarding", "s3cret-word");

    /** Long enough for the stages before a peer that never finishes, on a busy machine too. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Over the idle timeouts that the trials set. */
    static final Duration HOLD = Duration.ofSeconds(3);

    static final Duration AMPLE = Duration.ofSeconds(30);

    final CertificateAuthority authority = CertificateAuthority.create("Public Root of the Tests");
    final CertificateAuthority stranger = CertificateAuthority.create("Contoso Inspection");
    final Path trustAnchors;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    FaultGround(Path folder) {
        trustAnchors = folder.resolve("ca.crt");
        authority.writeTo(trustAnchors);
    }

    ProbeSettings settings(Duration deadline, Duration hold) {
        return settings(deadline, hold, AddressPolicy.allowing("127.0.0.0/8", "::1/128"));
    }

    ProbeSettings settings(Duration deadline, Duration hold, AddressPolicy addresses) {
        return new ProbeSettings(
                TrustAnchors.ofJdkAnd(Optional.of(trustAnchors)),
                deadline.compareTo(PATIENCE) > 0 ? AMPLE : Duration.ofSeconds(1),
                deadline,
                hold,
                addresses,
                RouteSetting.OF_THE_CUSTOMER);
    }

    Outcome probe(String url, Optional<ForwardProxy> proxy) {
        return probe(settings(AMPLE, Duration.ofMillis(300)), url, proxy);
    }

    /** With a deadline that a peer which never finishes runs into. */
    Outcome probeImpatiently(String url, Optional<ForwardProxy> proxy) {
        return probe(settings(PATIENCE, Duration.ofMillis(300)), url, proxy);
    }

    Outcome probe(ProbeSettings settings, String url, Optional<ForwardProxy> proxy) {
        try (SocketNetworkProbe probe = new SocketNetworkProbe(settings)) {
            return Outcome.of(probe.probe(new ProbeTarget(URI.create(url), proxy)));
        }
    }

    /** An https and wss endpoint of the trusted authority. */
    EndpointServer endpoint(EndpointBehaviour behaviour) {
        return endpoint(authority.serverContext("localhost"), behaviour);
    }

    EndpointServer endpoint(SSLContext context, EndpointBehaviour behaviour) {
        EndpointServer server = opened(EndpointServer.start(context));
        server.behave(behaviour);
        return server;
    }

    LoopbackServer server(LoopbackServer.Session session) {
        return opened(new LoopbackServer(session));
    }

    /** The way to a port of this machine, through a proxy that does its work. */
    Optional<ForwardProxy> through(Way way, int port) {
        return switch (way) {
            case DIRECT -> Optional.empty();
            case SCRIPTED -> Optional.of(anonymous(url("http", server(new RelayingProxy(port)))));
            default -> Optional.of(anonymous(start(way, ProxySetup.forwarding()).url()));
        };
    }

    /** HAProxy makes no tunnels of its own, so where the setup leaves that to it, tinyproxy makes them for it. */
    RealProxy start(Way way, ProxySetup setup) {
        ProxyProduct product = way.product().orElseThrow();
        boolean tunnels = product == ProxyProduct.HAPROXY
                && setup.upstream().isEmpty()
                && setup.schemes().isEmpty();
        return opened(product.start(
                tunnels
                        ? setup.behind(
                                start(Way.TINYPROXY, ProxySetup.forwarding()).url())
                        : setup));
    }

    <T extends AutoCloseable> T opened(T resource) {
        open.push(resource);
        return resource;
    }

    static ForwardProxy anonymous(URI proxy) {
        return new ForwardProxy(proxy, Optional.empty(), Optional.empty());
    }

    static ForwardProxy authenticated(URI proxy) {
        return new ForwardProxy(proxy, Optional.of(CREDENTIALS), Optional.empty());
    }

    static ForwardProxy trusting(URI proxy, String certificatePem) {
        return new ForwardProxy(proxy, Optional.empty(), Optional.of(certificatePem));
    }

    static URI url(String scheme, LoopbackServer server) {
        return URI.create(scheme + "://localhost:" + server.port());
    }

    static String https(int port) {
        return "https://localhost:" + port + "/client/";
    }

    static String wss(int port) {
        return "wss://localhost:" + port + "/client/";
    }

    static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("What a trial opened cannot be closed", e);
            }
        }
    }
}
