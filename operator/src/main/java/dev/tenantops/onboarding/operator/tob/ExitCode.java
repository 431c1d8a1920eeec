package dev.tenantops.onboarding.operator.tob;

/** What scripts can rely on. {@code docs/command-line.md} lists them. */
final class ExitCode {

    static final int DONE = 0;
    /** Something went wrong that no other code is for: the API server does not answer, a file cannot be written. */
    static final int FAILED = 1;
    /** The arguments make no sense; picocli's own. */
    static final int USAGE = 2;
    /** The API server refuses what was asked for. */
    static final int REFUSED = 3;

    static final int NOT_FOUND = 4;
    static final int TIMED_OUT = 5;
    /** A file that was given is not what it has to be. Nothing was written. */
    static final int INVALID_INPUT = 6;
    /** What was asked for was found: something that is not ready, or a change above the threshold. */
    static final int FOUND = 7;

    private ExitCode() {}
}
