package dev.tenantops.onboarding.sandbox.microsoft.directory;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What differs between one observation of the live service and the next. Thread-safe; takes effect at once. */
public final class Behaviour {

    /** How the token endpoint answers an application that has no service principal in the tenant. */
    public enum MissingServicePrincipal {
        /** AADSTS7000229 with 401 invalid_client, the present answer. */
        REFUSE,
        /** AADSTS700016 with 400 unauthorized_client, the older one. */
        REFUSE_AS_UNKNOWN_APPLICATION,
        /** A token without oid and roles, as Entra ID issued it for years. */
        ISSUE_TOKEN_WITHOUT_ROLES
    }

    /** What the consent pages send back after Cancel. */
    public enum Decline {
        /** As documented: consent_required (v2.0), permission_denied (v1). */
        DOCUMENTED,
        /** As seen on the live service: access_denied. */
        OBSERVED
    }

    private static final int MAX_PAGE_SIZE = 999;

    private volatile Duration tokenLifetime = Duration.ofSeconds(3599);
    private volatile int pageSize = MAX_PAGE_SIZE;
    private volatile MissingServicePrincipal missingServicePrincipal = MissingServicePrincipal.REFUSE;
    private volatile Decline decline = Decline.DOCUMENTED;
    private volatile boolean leadingSpaceInScopes;
    private volatile List<Duration> replicaLags = List.of(Duration.ZERO);
    private volatile List<Duration> credentialLags = List.of(Duration.ZERO);
    private volatile boolean riskyApplications;
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicInteger signIns = new AtomicInteger();

    Behaviour() {}

    /** How long tokens last, in whole seconds; 3599 s at first. */
    public Behaviour tokenLifetime(Duration lifetime) {
        if (lifetime.isNegative()) {
            throw new IllegalArgumentException("A token lifetime must not be negative, but is " + lifetime);
        }
        this.tokenLifetime = lifetime;
        return this;
    }

    /** The most items on a Graph page, whatever {@code $top} asks for, so that small tenants have several pages. */
    public Behaviour pageSize(int items) {
        if (items < 1 || items > MAX_PAGE_SIZE) {
            throw new IllegalArgumentException("A page has 1 to " + MAX_PAGE_SIZE + " items, not " + items);
        }
        this.pageSize = items;
        return this;
    }

    public Behaviour missingServicePrincipal(MissingServicePrincipal answer) {
        this.missingServicePrincipal = answer;
        return this;
    }

    public Behaviour decline(Decline answer) {
        this.decline = answer;
        return this;
    }

    /** Whether scope strings begin with a space, as those of grants made in the portal do. */
    public Behaviour leadingSpaceInScopes(boolean leading) {
        this.leadingSpaceInScopes = leading;
        return this;
    }

    /**
     * How far each replica of the directory is behind. Graph reads go to one after the other; tokens and consent pages
     * always know the present. A lag reaches back to changes made after it was set.
     */
    public Behaviour replicaLags(Duration... lags) {
        this.replicaLags = lags.length == 0 ? List.of(Duration.ZERO) : List.of(lags);
        return this;
    }

    /**
     * How far each replica of the sign-in service is behind with the credentials of registrations. Token requests go to one
     * after the other: a new secret, certificate or federated credential is unknown to those that are behind, and an old
     * one still good.
     */
    public Behaviour credentialLags(Duration... lags) {
        this.credentialLags = lags.length == 0 ? List.of(Duration.ZERO) : List.of(lags);
        return this;
    }

    /** Whether applications count as risky, so that accounts that may not consent are sent back with AADSTS900941. */
    public Behaviour riskyApplications(boolean risky) {
        this.riskyApplications = risky;
        return this;
    }

    public Duration tokenLifetime() {
        return tokenLifetime;
    }

    public int pageSize() {
        return pageSize;
    }

    public MissingServicePrincipal missingServicePrincipal() {
        return missingServicePrincipal;
    }

    public Decline decline() {
        return decline;
    }

    public boolean leadingSpaceInScopes() {
        return leadingSpaceInScopes;
    }

    public List<Duration> replicaLags() {
        return replicaLags;
    }

    public List<Duration> credentialLags() {
        return credentialLags;
    }

    public boolean riskyApplications() {
        return riskyApplications;
    }

    Duration nextReplicaLag() {
        return next(replicaLags, reads);
    }

    /** How far that replica of the sign-in service is behind that is asked next. */
    public Duration nextCredentialLag() {
        return next(credentialLags, signIns);
    }

    private static Duration next(List<Duration> lags, AtomicInteger turns) {
        return lags.size() == 1 ? lags.getFirst() : lags.get(Math.floorMod(turns.getAndIncrement(), lags.size()));
    }

    Duration longestLag() {
        return replicaLags.stream().max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
