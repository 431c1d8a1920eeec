package dev.tenantops.onboarding.operator.observe;

/** What came of a probe. */
public sealed interface ProbeResult {

    ProbeTrace trace();

    /** Every stage passed. */
    record Reachable(ProbeTrace trace) implements ProbeResult {}

    /**
     * The endpoint itself answered, so the way to it is open, but the WebSocket was not seen to work: proven is neither
     * that it does nor that it does not.
     *
     * @param message what came back
     * @param next what the vendor can do to have it proven
     */
    record NotProven(ProbeTrace trace, String message, String next) implements ProbeResult {}

    /**
     * The endpoint was not reached.
     *
     * @param stage where it ended
     * @param reason why, as in the condition {@code NetworkReachable}
     * @param message what came back, without its time and without credentials
     * @param next what to allow or to correct
     */
    record Unreachable(ProbeTrace trace, Stage stage, Reason reason, String message, String next)
            implements ProbeResult {}

    /**
     * Nothing came of the probe, for a reason that lies with the operator or with what it was told to dial, and that proves
     * nothing about the network.
     *
     * @param message what kept it from a result
     * @param next who does what about it
     */
    record Unfinished(ProbeTrace trace, String message, String next) implements ProbeResult {}

    /** The stages of a connection, in their order. */
    enum Stage {
        Dns,
        Address,
        ProxyConnect,
        ProxyTls,
        ProxyTunnel,
        Connect,
        Tls,
        Http,
        WebSocketUpgrade,
        WebSocketFrame,
        WebSocketHold
    }

    /** The reasons of the condition {@code NetworkReachable} that a probe can find. */
    enum Reason {
        /** The name of the first hop (the proxy, or without one the endpoint) has no address. */
        DnsFailed,
        /** The DNS did not answer in time. */
        DnsTimedOut,
        /** The first hop has an address that probes may not dial, or the endpoint behind a proxy is an address. */
        AddressNotAllowed(false),
        /** What spec.network.proxy says cannot be used. */
        ProxyInvalid(false),
        /** No TCP connection to the proxy: refused, or no route. */
        ProxyUnreachable,
        /** No answer to the TCP connection to the proxy. */
        ProxyTimedOut,
        /** TLS to the proxy itself failed. */
        ProxyTlsFailed,
        /** What listens at the proxy's address speaks no HTTP. */
        ProxyNotHttp,
        /** The proxy hung up instead of answering CONNECT. */
        ProxyClosed,
        /** The proxy did not answer CONNECT in time. */
        ProxyTunnelTimedOut,
        /** 407, and no credentials are declared. */
        ProxyAuthenticationRequired,
        /** 407, in spite of the declared credentials. */
        ProxyCredentialsRefused,
        /** 407, and the proxy does not offer Basic. */
        ProxyAuthenticationUnsupported,
        /** 403 to CONNECT. */
        ProxyForbidden,
        /** 502 or 503 to CONNECT: the proxy did not get through itself. */
        ProxyCannotReachTarget,
        /** 504 to CONNECT: the proxy waited in vain. */
        ProxyTargetTimedOut,
        /** Any other answer to CONNECT that opens no tunnel. */
        ProxyTunnelRefused,
        /** No TCP connection to the endpoint: refused, or no route. */
        ConnectFailed,
        /** No answer to the TCP connection to the endpoint. */
        ConnectTimedOut,
        /** A certificate came back through a proxy that nobody but the proxy can have issued. */
        TlsIntercepted,
        /** A certificate between the endpoint's own and a known authority's did not come back. */
        TlsChainIncomplete,
        /** A certificate of an unknown issuer came back on the direct way, or on any way one that vouches for itself. */
        TlsIssuerUnknown,
        /** A certificate of the chain is not valid at this time. */
        TlsCertificateExpired,
        /** The certificate is for another host. */
        TlsHostMismatch,
        /** The TLS handshake was not finished in time. */
        TlsTimedOut,
        /** The TLS handshake failed in another way. */
        TlsFailed,
        /** No HTTP answer, or one that says that the endpoint does not work. */
        HttpFailed,
        /** No HTTP answer in time. */
        HttpTimedOut,
        /** A proxy that inspects TLS answered in place of the endpoint. */
        BlockedByInspection,
        /** The WebSocket upgrade was answered as if it had not been asked for. */
        WebSocketUpgradeBlocked,
        /** The upgrade was accepted with a value that does not fit what was asked. */
        WebSocketAcceptWrong,
        /** The upgrade was accepted, but no frame came back. */
        WebSocketSilent,
        /** The WebSocket ended before it had been open for as long as it is held. */
        WebSocketDropped;

        private final boolean tried;

        Reason() {
            this(true);
        }

        Reason(boolean tried) {
            this.tried = tried;
        }

        /** False for what kept the operator from trying, which proves nothing about the network. */
        public boolean tried() {
            return tried;
        }
    }
}
