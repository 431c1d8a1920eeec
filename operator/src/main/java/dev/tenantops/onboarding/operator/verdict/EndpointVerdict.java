package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.observe.ProbeResult;

/** What is known about one endpoint after a check. */
public sealed interface EndpointVerdict {

    DesiredEndpoint endpoint();

    /**
     * It was dialled.
     *
     * @param result what counts, which need not be the last result: see {@link EndpointHistory}
     * @param settled false while the last result says otherwise
     */
    record Probed(DesiredEndpoint endpoint, ProbeResult result, boolean settled) implements EndpointVerdict {}

    /**
     * No probe has ended yet that counts.
     *
     * @param asBefore whether it is the same endpoint that an earlier run of the operator has reported about
     */
    record Pending(DesiredEndpoint endpoint, boolean asBefore) implements EndpointVerdict {}

    /** Nothing to dial: a wildcard without a probe URL. */
    record NotProbed(DesiredEndpoint endpoint) implements EndpointVerdict {}

    /** The proxy's credentials or certificates could not be read. */
    record ReferenceNotReadable(DesiredEndpoint endpoint, String message) implements EndpointVerdict {}
}
