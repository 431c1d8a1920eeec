package dev.tenantops.onboarding.operator.page;

/** What is said in place of the overview. */
public enum OverviewNotice {
    /** The provider does not answer. */
    Away,
    /** Nobody was signed in. */
    Failed,
    SignedOut,
    /** Signed in, and in no group that sees something. */
    NoGroup,
    /** Signed in, and in more groups than the provider names. */
    TooManyGroups;

    /** Whether somebody else may help. */
    public boolean asks() {
        return this == Failed || signedIn();
    }

    public boolean signedIn() {
        return this == NoGroup || this == TooManyGroups;
    }
}
