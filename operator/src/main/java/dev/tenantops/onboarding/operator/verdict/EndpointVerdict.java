package dev.tenantops.onboarding.operator.verdict;

import dev.tenantops.onboarding.operator.desired.DesiredEndpoint;
import dev.tenantops.onboarding.operator.observe.ProbeResult;

/** What is known about one endpoint after a check. */
public sealed interface EndpointVerdict {

    DesiredEndpoint endpoint();

    /** It was dialled. */
    record Probed(DesiredEndpoint endpoint, ProbeResult result) implements EndpointVerdict {}

    /** Nothing to dial: a wildcard without a probe URL. */
    record NotProbed(DesiredEndpoint endpoint) implements EndpointVerdict {}

    /** The proxy's credentials or certificates could not be read. */
    record ReferenceNotReadable(DesiredEndpoint endpoint, String message) implements EndpointVerdict {}
}
