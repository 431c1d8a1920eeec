package dev.tenantops.onboarding.operator.page.view;

/** How something looks, beside what is said of it. */
public enum Mark {
    /** Proven, and the evidence is fresh. The only one that is green. */
    Done("✓"),
    /** Somebody vouches for it, or the customer does without. */
    Attested("✓"),
    /** The administrator can do it now. */
    Open(""),
    /** It is wrong, and somebody has to act. */
    Problem("!"),
    /** It changes by itself. */
    Waiting("…"),
    /** Nothing is known, or nothing follows. */
    Neutral("–");

    private final String sign;

    Mark(String sign) {
        this.sign = sign;
    }

    /** A character that tells them apart without colours; what is open is an empty ring. */
    public String sign() {
        return sign;
    }
}
