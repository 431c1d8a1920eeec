package dev.tenantops.onboarding.operator.plan;

/** Why a status does not tell what an application holds. Nothing is guessed then: the next check tells. */
public enum Doubt {
    NeverRead("it was not read in this tenant so far"),
    Outdated("what was read of it has ended, or could not be read"),
    Suspended("verification is suspended"),
    SpecChanged("the spec has changed since the last check"),
    Truncated("its lists are longer than a status has room for"),
    InMotion("a change was seen in the tenant that is not confirmed yet"),
    VerifierCannotRead("the verifier cannot read the tenant, or would be another one"),
    DelegatedUnreadable("the verifier may not read delegated permissions"),
    Unnamed("the tenant holds a permission there that the status cannot name"),
    Contradictory("its status and its catalog do not fit together, as while a catalog has just changed");

    private final String why;

    Doubt(String why) {
        this.why = why;
    }

    /** As a part of a sentence. */
    public String why() {
        return why;
    }
}
