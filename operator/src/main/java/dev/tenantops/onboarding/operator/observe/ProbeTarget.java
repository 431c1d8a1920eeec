package dev.tenantops.onboarding.operator.observe;

import java.net.URI;
import java.util.Optional;

/**
 * What to dial, and through what.
 *
 * @param url an https or wss URL with a DNS name
 * @param proxy the forward proxy; with one, the target is neither looked up nor dialled by the operator
 */
public record ProbeTarget(URI url, Optional<ForwardProxy> proxy) {}
