package dev.tenantops.onboarding.operator.page.view;

/** What comes next. */
public enum NextKind {
    /** Consent to the verifier. */
    ConsentToVerifier(Actor.Customer),
    /** Consent to an application. */
    Consent(Actor.Customer),
    /** An administrator has to do something else about an application or the verifier. */
    Resolve(Actor.Customer),
    /** Somebody has to confirm a prerequisite. */
    Attest(Actor.Customer),
    /** The network has to be opened. */
    OpenNetwork(Actor.Customer),
    /** The publisher has to act. */
    Publisher(Actor.Publisher),
    /** It is being verified. */
    Wait(Actor.Nobody),
    /** The publisher paused it. */
    Suspended(Actor.Nobody),
    /** All is there. */
    Nothing(Actor.Nobody);

    private final Actor actor;

    NextKind(Actor actor) {
        this.actor = actor;
    }

    public Actor actor() {
        return actor;
    }
}
