package dev.tenantops.onboarding.operator.verdict;

import java.time.Duration;

/**
 * How long the replicas of a directory may disagree.
 *
 * @param confirmation how long a grant that was there has to stay away before it is called revoked; two readings that
 *     far apart have to agree
 * @param afterConsent how long after a consent its grants may not show yet
 */
public record Propagation(Duration confirmation, Duration afterConsent) {}
