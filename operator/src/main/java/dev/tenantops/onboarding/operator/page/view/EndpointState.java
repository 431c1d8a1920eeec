package dev.tenantops.onboarding.operator.page.view;

import java.util.Arrays;

/** How the way to an endpoint is. The names are those of the status, but for the last. */
public enum EndpointState {
    Reachable(Mark.Done, Actor.Nobody),
    NotProbed(Mark.Neutral, Actor.Nobody),
    UpgradeNotProven(Mark.Neutral, Actor.Nobody),
    Probing(Mark.Waiting, Actor.Nobody),
    ProbeFailed(Mark.Waiting, Actor.Nobody),
    InvalidUrl(Mark.Problem, Actor.Publisher),
    SecretNotReadable(Mark.Problem, Actor.Publisher),
    AddressNotAllowed(Mark.Problem, Actor.Publisher),
    ProxyInvalid(Mark.Problem, Actor.Publisher),
    DnsFailed(Mark.Problem, Actor.Customer),
    DnsTimedOut(Mark.Problem, Actor.Customer),
    ProxyUnreachable(Mark.Problem, Actor.Customer),
    ProxyTimedOut(Mark.Problem, Actor.Customer),
    ProxyTlsFailed(Mark.Problem, Actor.Customer),
    ProxyNotHttp(Mark.Problem, Actor.Customer),
    ProxyClosed(Mark.Problem, Actor.Customer),
    ProxyTunnelTimedOut(Mark.Problem, Actor.Customer),
    ProxyAuthenticationRequired(Mark.Problem, Actor.Customer),
    ProxyCredentialsRefused(Mark.Problem, Actor.Customer),
    ProxyAuthenticationUnsupported(Mark.Problem, Actor.Customer),
    ProxyForbidden(Mark.Problem, Actor.Customer),
    ProxyCannotReachTarget(Mark.Problem, Actor.Customer),
    ProxyTargetTimedOut(Mark.Problem, Actor.Customer),
    ProxyTunnelRefused(Mark.Problem, Actor.Customer),
    ConnectFailed(Mark.Problem, Actor.Customer),
    ConnectTimedOut(Mark.Problem, Actor.Customer),
    TlsIntercepted(Mark.Problem, Actor.Customer),
    TlsChainIncomplete(Mark.Problem, Actor.Customer),
    TlsIssuerUnknown(Mark.Problem, Actor.Customer),
    TlsCertificateExpired(Mark.Problem, Actor.Customer),
    TlsHostMismatch(Mark.Problem, Actor.Customer),
    TlsTimedOut(Mark.Problem, Actor.Customer),
    TlsFailed(Mark.Problem, Actor.Customer),
    HttpFailed(Mark.Problem, Actor.Publisher),
    HttpTimedOut(Mark.Problem, Actor.Customer),
    BlockedByInspection(Mark.Problem, Actor.Customer),
    WebSocketUpgradeBlocked(Mark.Problem, Actor.Customer),
    WebSocketAcceptWrong(Mark.Problem, Actor.Customer),
    WebSocketSilent(Mark.Problem, Actor.Customer),
    WebSocketDropped(Mark.Problem, Actor.Customer),
    /** Not looked at yet, no longer, or in a state that this page does not know. */
    NotVerified(Mark.Waiting, Actor.Nobody);

    private final Mark mark;
    private final Actor actor;

    EndpointState(Mark mark, Actor actor) {
        this.mark = mark;
        this.actor = actor;
    }

    /** What a status says, as long as its evidence counts. */
    static EndpointState of(String state, boolean fresh) {
        var known = Arrays.stream(values())
                .filter(it -> it.name().equals(state))
                .findFirst()
                .orElse(NotVerified);
        return known == Reachable && !fresh ? NotVerified : known;
    }

    public Mark mark() {
        return mark;
    }

    public Actor actor() {
        return actor;
    }
}
