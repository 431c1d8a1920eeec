package dev.tenantops.onboarding.operator.page.view;

import java.util.Arrays;

/** Whether the tenant can be read. The names are those of the status, but for the last. */
public enum VerifierState {
    Authorized(Mark.Done, Actor.Nobody, false),
    VerifierConsentRequired(Mark.Open, Actor.Customer, true),
    VerifierPermissionsMissing(Mark.Open, Actor.Customer, true),
    ConditionalAccessBlocked(Mark.Problem, Actor.Customer, false),
    CredentialsInvalid(Mark.Problem, Actor.Publisher, true),
    CredentialsExpired(Mark.Problem, Actor.Publisher, true),
    CredentialsPropagating(Mark.Waiting, Actor.Nobody, true),
    TenantNotFound(Mark.Problem, Actor.Publisher, false),
    WrongCloud(Mark.Problem, Actor.Publisher, false),
    TenantRestricted(Mark.Problem, Actor.Publisher, true),
    Throttled(Mark.Waiting, Actor.Nobody, true),
    GraphUnavailable(Mark.Waiting, Actor.Nobody, true),
    ReplicaBehind(Mark.Waiting, Actor.Nobody, true),
    /** Not looked at yet, no longer, or in a state that this page does not know. */
    NotVerified(Mark.Waiting, Actor.Nobody, true);

    private final Mark mark;
    private final Actor actor;
    private final boolean consentHelps;

    VerifierState(Mark mark, Actor actor, boolean consentHelps) {
        this.mark = mark;
        this.actor = actor;
        this.consentHelps = consentHelps;
    }

    /** What a status says, as long as its evidence counts. */
    static VerifierState of(String state, boolean fresh) {
        var known = Arrays.stream(values())
                .filter(it -> it.name().equals(state))
                .findFirst()
                .orElse(NotVerified);
        return known == Authorized && !fresh ? NotVerified : known;
    }

    public Mark mark() {
        return mark;
    }

    public Actor actor() {
        return actor;
    }

    boolean consentHelps() {
        return consentHelps;
    }
}
