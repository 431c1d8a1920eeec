package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import java.time.Instant;
import java.util.Optional;

/** What is known about one endpoint after a check. */
public sealed interface EndpointVerdict {

    DesiredEndpoint endpoint();

    /** When the newest result was there that this rests on; empty where it rests on none of this run of the operator. */
    default Optional<Instant> readAt() {
        return Optional.empty();
    }

    /**
     * It was dialled.
     *
     * @param result what counts, which need not be the last result: see {@link EndpointHistory}
     * @param settled false while the last result says otherwise
     * @param probedAt when the last result was there
     */
    record Probed(DesiredEndpoint endpoint, ProbeResult result, boolean settled, Instant probedAt)
            implements EndpointVerdict {
        @Override
        public Optional<Instant> readAt() {
            return Optional.of(probedAt);
        }
    }

    /**
     * No probe has ended yet that counts.
     *
     * @param asBefore whether what an earlier run of the operator has reported about the same endpoint still counts
     * @param proxy what it is probed through, as a {@link dev.tenantops.onboarding.operator.observe.ProbeTrace} shows it
     */
    record Pending(DesiredEndpoint endpoint, boolean asBefore, Optional<String> proxy) implements EndpointVerdict {}

    /** Nothing to dial: a wildcard without a probe URL. */
    record NotProbed(DesiredEndpoint endpoint) implements EndpointVerdict {}

    /**
     * The proxy's credentials or certificates could not be read.
     *
     * @param message what kept them from being read
     * @param next who does what about it
     */
    record ReferenceNotReadable(DesiredEndpoint endpoint, String message, String next) implements EndpointVerdict {}
}
