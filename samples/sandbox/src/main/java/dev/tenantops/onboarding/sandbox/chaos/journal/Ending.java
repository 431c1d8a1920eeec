package dev.tenantops.onboarding.sandbox.chaos.journal;

/** Ends what was begun. */
@FunctionalInterface
public interface Ending {

    /** Has nothing left to end. */
    Ending NONE = () -> {};

    void end();

    /** Ends this, and then the other. */
    default Ending then(Ending other) {
        return () -> {
            try {
                end();
            } finally {
                other.end();
            }
        };
    }
}
