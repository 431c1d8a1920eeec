package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult;

/**
 * One fault on one way.
 *
 * @param fault what is wrong, in a few words
 * @param expected the reason that a probe has to give, or {@code Reachable}
 */
record FaultTrial(String fault, Way way, String expected, Attempt attempt) {

    /** Arranges the fault, and probes or reads. */
    @FunctionalInterface
    interface Attempt {
        Outcome run(FaultGround ground) throws Exception;
    }

    /**
     * What came of it.
     *
     * @param name in the words of {@link #expected}
     * @param details for whoever looks why
     */
    record Outcome(String name, Object details) {
        static Outcome of(ProbeResult result) {
            return new Outcome(named(result), result);
        }
    }

    /** What a probe gave, in the words of {@link #expected}. */
    static String named(ProbeResult result) {
        return switch (result) {
            case ProbeResult.Reachable _ -> "Reachable";
            case ProbeResult.NotProven _ -> "NotProven";
            case ProbeResult.Unfinished _ -> "Unfinished";
            case ProbeResult.Unreachable unreachable -> unreachable.reason().name();
        };
    }

    @Override
    public String toString() {
        return fault + " (" + way.title() + ")";
    }
}
