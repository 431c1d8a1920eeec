package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.endpoints.RoundTiming;
import dev.tenantops.onboarding.operator.verdict.Propagation;

/** When the pipeline looks again, and how long it believes what it saw. */
public record PipelineTiming(VerificationTiming verification, Propagation propagation, RoundTiming rounds) {}
