package dev.tenantops.onboarding.operator.network.proxies;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a proxy is to do, whichever product it is. Start with {@link #forwarding()} and add to it; a product says with
 * {@link ProxyProduct#can} whether it does all of that at once.
 *
 * @param credentials what a client has to present with the Basic scheme
 * @param schemes other schemes that the proxy offers; nobody can satisfy them here
 * @param forbiddenHosts what the proxy does not lead to, by name
 * @param forbiddenPorts what the proxy does not lead to, by port
 * @param upstream where its connections go instead of to the target
 * @param connectTimeout after how long it gives up a connection that is not made
 * @param idleTimeout after how long without a byte it ends a tunnel
 * @param serverPem the key and certificates with which it speaks TLS to clients
 * @param inspection how it looks into TLS
 * @param refusingNameless whether it refuses clients without a User-Agent
 */
public record ProxySetup(
        Optional<Credentials> credentials,
        List<Scheme> schemes,
        List<String> forbiddenHosts,
        List<Integer> forbiddenPorts,
        Optional<Upstream> upstream,
        Optional<Duration> connectTimeout,
        Optional<Duration> idleTimeout,
        Optional<String> serverPem,
        Optional<Inspection> inspection,
        boolean refusingNameless) {

    /** An authentication scheme other than Basic, by its name in Proxy-Authenticate. */
    public enum Scheme {
        NEGOTIATE("Negotiate", "Negotiate"),
        NTLM("NTLM", "NTLM"),
        DIGEST("Digest", "Digest realm=\"proxy\", qop=\"auth\", nonce=\"0a4f113b\"");

        private final String title;
        private final String challenge;

        Scheme(String title, String challenge) {
            this.title = title;
            this.challenge = challenge;
        }

        public String title() {
            return title;
        }

        String challenge() {
            return challenge;
        }
    }

    /** What becomes of a request for a WebSocket in a proxy that sees it. */
    public enum WebSockets {
        PASSED,
        /** The Upgrade header is taken out, so the origin sees an ordinary request. */
        UPGRADE_REMOVED,
        /** The product's own switch for WebSockets is off. */
        SWITCHED_OFF
    }

    /** A user name and a password. */
    public record Credentials(String username, String password) {
        @Override
        public String toString() {
            return "Credentials[username=" + username + "]";
        }
    }

    /**
     * How a proxy looks into TLS.
     *
     * @param trustedPem the authority of the origins
     */
    public record Inspection(String trustedPem, WebSockets webSockets) {}

    /** Where connections go instead of to the target that the client asks for. */
    public sealed interface Upstream {

        /** Another proxy, which gets every request for a tunnel. */
        record Parent(URI proxy) implements Upstream {}

        /** A server to which every connection goes as it is, as through a balancer of the transport layer. */
        record Relay(URI server) implements Upstream {}

        /**
         * An https server for which this one stands as a gateway: it ends the client's TLS and begins its own.
         *
         * @param trustedPem the authority of the server
         */
        record Gateway(URI server, String trustedPem, WebSockets webSockets) implements Upstream {}
    }

    public ProxySetup {
        schemes = List.copyOf(schemes);
        forbiddenHosts = List.copyOf(forbiddenHosts);
        forbiddenPorts = List.copyOf(forbiddenPorts);
    }

    /** Leads a tunnel to whatever the client asks for; resolves its name itself. */
    public static ProxySetup forwarding() {
        return new Draft().build();
    }

    /** Answers 407 to a client without these credentials. */
    public ProxySetup requiring(String username, String password) {
        return with(draft -> draft.credentials = Optional.of(new Credentials(username, password)));
    }

    /** Demands authentication with one of these schemes, besides Basic if credentials are required too. */
    public ProxySetup offering(Scheme... offered) {
        return with(draft -> draft.schemes = List.of(offered));
    }

    public ProxySetup forbidding(String host) {
        return with(draft -> draft.forbiddenHosts =
                Stream.concat(forbiddenHosts.stream(), Stream.of(host)).toList());
    }

    public ProxySetup forbidding(int port) {
        return with(draft -> draft.forbiddenPorts =
                Stream.concat(forbiddenPorts.stream(), Stream.of(port)).toList());
    }

    /** Asks this parent proxy for every tunnel. */
    public ProxySetup behind(URI parent) {
        return with(draft -> draft.upstream = Optional.of(new Upstream.Parent(parent)));
    }

    /** Relays the bytes of every connection, inside TLS if it speaks that to clients, to this server or proxy. */
    public ProxySetup relayingTo(URI server) {
        return with(draft -> draft.upstream = Optional.of(new Upstream.Relay(server)));
    }

    /** Is not a forward proxy but the gateway of an https server. */
    public ProxySetup gatewayOf(URI server, String trustedPem, WebSockets webSockets) {
        return with(draft -> draft.upstream = Optional.of(new Upstream.Gateway(server, trustedPem, webSockets)));
    }

    public ProxySetup givingUpToConnectAfter(Duration timeout) {
        return with(draft -> draft.connectTimeout = Optional.of(timeout));
    }

    public ProxySetup endingIdleTunnelsAfter(Duration timeout) {
        return with(draft -> draft.idleTimeout = Optional.of(timeout));
    }

    /** Speaks TLS to clients, with this PKCS #8 key and these certificates. */
    public ProxySetup overTls(String pem) {
        return with(draft -> draft.serverPem = Optional.of(pem));
    }

    /** Looks into TLS with certificates of its own; trusts origins of the given authority. */
    public ProxySetup inspecting(String trustedPem, WebSockets webSockets) {
        return with(draft -> draft.inspection = Optional.of(new Inspection(trustedPem, webSockets)));
    }

    /** Answers 403 to a client that sends no User-Agent. */
    public ProxySetup refusingNamelessClients() {
        return with(draft -> draft.refusingNameless = true);
    }

    boolean forbids() {
        return !forbiddenHosts.isEmpty() || !forbiddenPorts.isEmpty();
    }

    boolean authenticates() {
        return credentials.isPresent() || !schemes.isEmpty();
    }

    private ProxySetup with(Consumer<Draft> change) {
        Draft draft = new Draft();
        draft.credentials = credentials;
        draft.schemes = schemes;
        draft.forbiddenHosts = forbiddenHosts;
        draft.forbiddenPorts = forbiddenPorts;
        draft.upstream = upstream;
        draft.connectTimeout = connectTimeout;
        draft.idleTimeout = idleTimeout;
        draft.serverPem = serverPem;
        draft.inspection = inspection;
        draft.refusingNameless = refusingNameless;
        change.accept(draft);
        return draft.build();
    }

    private static final class Draft {
        private Optional<Credentials> credentials = Optional.empty();
        private List<Scheme> schemes = List.of();
        private List<String> forbiddenHosts = List.of();
        private List<Integer> forbiddenPorts = List.of();
        private Optional<Upstream> upstream = Optional.empty();
        private Optional<Duration> connectTimeout = Optional.empty();
        private Optional<Duration> idleTimeout = Optional.empty();
        private Optional<String> serverPem = Optional.empty();
        private Optional<Inspection> inspection = Optional.empty();
        private boolean refusingNameless;

        private ProxySetup build() {
            return new ProxySetup(
                    credentials,
                    schemes,
                    forbiddenHosts,
                    forbiddenPorts,
                    upstream,
                    connectTimeout,
                    idleTimeout,
                    serverPem,
                    inspection,
                    refusingNameless);
        }
    }
}
