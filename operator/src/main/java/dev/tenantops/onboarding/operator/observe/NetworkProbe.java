package dev.tenantops.onboarding.operator.observe;

/** Tries to reach an endpoint the way a customer's users would. */
public interface NetworkProbe {

    /**
     * Tries once. Blocks for a bounded time once it is this caller's turn; safe for many threads at once.
     *
     * @throws java.util.concurrent.CancellationException if the thread was interrupted, so that a shutdown is never
     *     taken for a broken network
     */
    ProbeResult probe(ProbeTarget target, ProbeCaller caller);
}
