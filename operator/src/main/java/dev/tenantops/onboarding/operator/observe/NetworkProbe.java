package dev.tenantops.onboarding.operator.observe;

/** Tries to reach an endpoint the way a customer's users would. */
public interface NetworkProbe {

    /** Tries once. Blocks, for a bounded time; safe for many threads at once. */
    ProbeResult probe(ProbeTarget target);
}
