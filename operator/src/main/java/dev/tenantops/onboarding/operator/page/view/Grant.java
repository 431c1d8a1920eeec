package dev.tenantops.onboarding.operator.page.view;

/** What is known of one permission. */
public enum Grant {
    Granted(Mark.Done),
    /** A larger one is granted. */
    Satisfied(Mark.Done),
    /** The customer does without it, as somebody attests. */
    Attested(Mark.Attested),
    Missing(Mark.Open),
    /** It may still come, or may be gone. */
    Awaited(Mark.Waiting),
    /** It is not granted, and need not be. */
    NotNeeded(Mark.Neutral),
    /** No directory shows it. */
    NotVerifiable(Mark.Neutral),
    Unknown(Mark.Waiting);

    private final Mark mark;

    Grant(Mark mark) {
        this.mark = mark;
    }

    public Mark mark() {
        return mark;
    }
}
