package dev.tenantops.onboarding.operator.network;

import dev.tenantops.onboarding.operator.observe.ProbeResult;

/**
 * One fault on one way.
 *
 * @param fault what is wrong, in a few words
 * @param expected the reason that a probe has to give, or {@code Reachable}
 */
record FaultTrial(String fault, Way way, String expected, Attempt attempt) {

    /** Arranges the fault and probes. */
    @FunctionalInterface
    interface Attempt {
        ProbeResult run(FaultGround ground) throws Exception;
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
