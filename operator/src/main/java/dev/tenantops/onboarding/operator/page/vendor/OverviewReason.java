package dev.tenantops.onboarding.operator.page.vendor;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The reasons of {@code Ready} that the overview has words for, each with who has to act. */
public enum OverviewReason {
    Onboarded(NextActor.Nobody),
    Suspended(NextActor.Platform),
    NotVerified(NextActor.Nobody),
    CheckFailed(NextActor.Platform),
    AttestationRequired(NextActor.Vendor),
    Probing(NextActor.Nobody),
    ProbeFailed(NextActor.Platform),
    InvalidUrl(NextActor.Vendor),
    SecretNotReadable(NextActor.Platform),
    TenantClaimedElsewhere(NextActor.Platform),
    UnknownCatalog(NextActor.Platform),
    NamespaceNotAllowed(NextActor.Platform),
    UnknownPlan(NextActor.Platform),
    UnknownApplication(NextActor.Platform),
    UnknownPermission(NextActor.Vendor),
    CloudMismatch(NextActor.Platform),
    InvalidReference(NextActor.Platform),
    InvalidSpec(NextActor.Platform),
    VerifierConsentRequired(NextActor.Customer),
    VerifierPermissionsMissing(NextActor.Customer),
    CredentialsInvalid(NextActor.Vendor),
    CredentialsExpired(NextActor.Vendor),
    CredentialsPropagating(NextActor.Nobody),
    TenantNotFound(NextActor.Platform),
    WrongCloud(NextActor.Platform),
    ConditionalAccessBlocked(NextActor.Customer),
    TenantRestricted(NextActor.Platform),
    Throttled(NextActor.Nobody),
    GraphUnavailable(NextActor.Platform),
    ReplicaBehind(NextActor.Nobody),
    ConsentRevoked(NextActor.Customer),
    ApplicationDeleted(NextActor.Customer),
    ApplicationDisabled(NextActor.Customer),
    ApplicationDeactivated(NextActor.Vendor),
    DisabledByMicrosoft(NextActor.Vendor),
    RegistrationDeleted(NextActor.Vendor),
    RegistrationSingleTenant(NextActor.Vendor),
    ResourceDisabled(NextActor.Customer),
    PermissionWithdrawn(NextActor.Vendor),
    PermissionRetired(NextActor.Vendor),
    PermissionsMissing(NextActor.Customer),
    ReconsentRequired(NextActor.Customer),
    NotRequestedByApplication(NextActor.Vendor),
    ResourceServicePrincipalMissing(NextActor.Customer),
    UserConsentOnly(NextActor.Customer),
    ConsentRequired(NextActor.Customer),
    Propagating(NextActor.Nobody),
    NotVerifiable(NextActor.Nobody),
    AddressNotAllowed(NextActor.Platform),
    ProxyTlsFailed(NextActor.Customer),
    ProxyNotHttp(NextActor.Customer),
    ProxyClosed(NextActor.Customer),
    ProxyUnreachable(NextActor.Customer),
    ProxyTimedOut(NextActor.Customer),
    ProxyTunnelTimedOut(NextActor.Customer),
    ProxyAuthenticationRequired(NextActor.Customer),
    ProxyCredentialsRefused(NextActor.Customer),
    ProxyAuthenticationUnsupported(NextActor.Customer),
    ProxyForbidden(NextActor.Customer),
    ProxyCannotReachTarget(NextActor.Customer),
    ProxyTargetTimedOut(NextActor.Customer),
    ProxyTunnelRefused(NextActor.Customer),
    TlsIntercepted(NextActor.Customer),
    BlockedByInspection(NextActor.Customer),
    WebSocketUpgradeBlocked(NextActor.Customer),
    WebSocketDropped(NextActor.Customer),
    WebSocketSilent(NextActor.Customer),
    WebSocketAcceptWrong(NextActor.Customer),
    ConnectFailed(NextActor.Platform),
    ConnectTimedOut(NextActor.Platform),
    DnsFailed(NextActor.Platform),
    DnsTimedOut(NextActor.Platform),
    ProxyInvalid(NextActor.Platform),
    TlsIssuerUnknown(NextActor.Platform),
    TlsChainIncomplete(NextActor.Vendor),
    TlsCertificateExpired(NextActor.Vendor),
    TlsHostMismatch(NextActor.Vendor),
    TlsTimedOut(NextActor.Vendor),
    TlsFailed(NextActor.Vendor),
    HttpFailed(NextActor.Vendor),
    HttpTimedOut(NextActor.Vendor);

    private static final Map<String, OverviewReason> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

    private final NextActor actor;

    OverviewReason(NextActor actor) {
        this.actor = actor;
    }

    /** The reason of a condition; empty for one that this version does not know. */
    public static Optional<OverviewReason> of(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    public NextActor actor() {
        return actor;
    }
}
