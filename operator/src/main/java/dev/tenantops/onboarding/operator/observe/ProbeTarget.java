package dev.tenantops.onboarding.operator.observe;

import java.net.URI;
import java.util.Optional;

/**
 * What to dial, and through what.
 *
 * @param url an https or wss URL with a DNS name
 * @param proxy the forward proxy; with one, the target is neither looked up nor dialled by the operator
 */
public record ProbeTarget(URI url, Optional<ProxyRoute> proxy) {

    /**
     * A forward proxy.
     *
     * @param url {@code http://host:port} or {@code https://host:port}
     * @param credentials for Basic proxy authentication
     * @param caBundlePem extra trust anchors, for the proxy's own certificate and for those it presents
     */
    public record ProxyRoute(URI url, Optional<ProxyCredentials> credentials, Optional<String> caBundlePem) {}

    /** Shown nowhere. */
    public record ProxyCredentials(String username, String password) {
        @Override
        public String toString() {
            return "ProxyCredentials[]";
        }
    }
}
