package dev.tenantops.onboarding.operator.tob;

/** Why a command ends without having done what it was asked for, in words for whoever typed it. */
final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    Refusal(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
