package dev.tenantops.onboarding.operator.truth;

import java.time.Instant;

/** Something that the operator published and that was not so. */
record Violation(Kind kind, Instant at, String what) {

    enum Kind {
        FalseGreen,
        FalseRed,
        UnexplainedUnknown
    }
}
