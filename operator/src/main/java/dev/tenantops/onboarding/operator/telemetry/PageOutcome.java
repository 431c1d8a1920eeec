package dev.tenantops.onboarding.operator.telemetry;

/** What came of a request to the public port; the words are those of requests to Microsoft. */
enum PageOutcome {
    /** Answered, or led elsewhere. */
    Succeeded,
    /** Asked to come back later: too many requests of a link or an address, or too many streams. */
    Throttled,
    /** Not there, ended, or not theirs to see. */
    Denied,
    /** The fault is on this side. */
    Failed;

    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    static PageOutcome of(int status) {
        if (status == TOO_MANY) {
            return Throttled;
        }
        if (status >= SERVER_ERROR) {
            return Failed;
        }
        return status >= BAD_REQUEST ? Denied : Succeeded;
    }
}
