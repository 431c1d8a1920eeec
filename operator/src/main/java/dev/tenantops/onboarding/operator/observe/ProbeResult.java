package dev.tenantops.onboarding.operator.observe;

/** What came of a probe. */
public sealed interface ProbeResult {

    /** The endpoint answered. */
    record Reachable() implements ProbeResult {}

    /**
     * The endpoint was not reached.
     *
     * @param stage where it ended
     * @param reason why, as in the condition {@code NetworkReachable}
     * @param message what was tried, through what, what came back, and what to allow; without credentials
     */
    record Unreachable(Stage stage, Reason reason, String message) implements ProbeResult {}

    /** The stages of a connection, in their order. */
    enum Stage {
        Dns,
        Address,
        ProxyConnect,
        ProxyTls,
        ProxyTunnel,
        Connect,
        Tls
    }

    /** The reasons of the condition {@code NetworkReachable} that a probe can find. */
    enum Reason {
        DnsFailed,
        AddressNotAllowed,
        ProxyUnreachable,
        ProxyAuthenticationRequired,
        ProxyForbidden,
        ConnectTimedOut,
        ConnectFailed,
        TlsIntercepted,
        TlsFailed
    }
}
