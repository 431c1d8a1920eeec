package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.network.StageOutcome.Passed;
import dev.tenantops.onboarding.operator.tls.TrustAnchors;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;

/**
 * The steps to a socket that leads to the target, over vetted addresses. Each may be gone more than once: a proxy is asked
 * again with credentials, and a strange certificate is looked at twice.
 */
record WayThere(Route route, List<InetAddress> addresses, TrustAnchors trusted, Dialer dialer, Deadline deadline) {

    /** TCP to the first hop. The deadline closes the connection before. */
    StageOutcome<Socket> dial() {
        return dialer.dial(route, addresses, deadline);
    }

    /** TLS to the proxy, if there is one that is spoken to over TLS. */
    StageOutcome<Socket> greet(Socket socket) {
        return secureProxy() ? TlsStage.withProxy(this, socket) : new Passed<>(socket);
    }

    /** A tunnel to the target, if there is a proxy. */
    StageOutcome<Socket> tunnel(Socket socket) {
        return route.proxy()
                .map(it -> ProxyTunnel.open(route, it, socket, () -> dial().then(this::greet), deadline))
                .orElseGet(() -> new Passed<>(socket));
    }

    /** All of it. */
    StageOutcome<Socket> open() {
        return dial().then(this::greet).then(this::tunnel);
    }

    boolean secureProxy() {
        return route.proxy().filter(it -> it.secure()).isPresent();
    }
}
