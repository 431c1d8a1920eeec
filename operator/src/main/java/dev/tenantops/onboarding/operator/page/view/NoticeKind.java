package dev.tenantops.onboarding.operator.page.view;

/** What concerns the whole page. */
public enum NoticeKind {
    /** Nothing was looked at yet. */
    NotYetVerified(Mark.Waiting),
    /** What stands here was true, and nobody knows whether it is. */
    EvidenceEnded(Mark.Waiting),
    /** What is asked for has changed, and was not looked at since. */
    SpecChanged(Mark.Waiting),
    /** The publisher paused it. */
    Suspended(Mark.Neutral),
    /** The publisher has to correct something. */
    Stalled(Mark.Problem),
    /** A catalog is not there. */
    CatalogMissing(Mark.Problem),
    /** The check itself fails. */
    CheckFailed(Mark.Problem),
    /** The status had no room for all. */
    LeftOut(Mark.Neutral);

    private final Mark mark;

    NoticeKind(Mark mark) {
        this.mark = mark;
    }

    public Mark mark() {
        return mark;
    }

    /** Whether nothing can be proven meanwhile. */
    boolean contradictsProof() {
        return switch (this) {
            case NotYetVerified, EvidenceEnded, SpecChanged, Suspended, Stalled, CatalogMissing, CheckFailed -> true;
            case LeftOut -> false;
        };
    }
}
