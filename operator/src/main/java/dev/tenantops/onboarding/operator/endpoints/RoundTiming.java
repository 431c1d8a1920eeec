package dev.tenantops.onboarding.operator.endpoints;

import java.time.Duration;

/**
 * When the endpoints of an onboarding are probed, beside its interval.
 *
 * @param confirmation when an endpoint is probed again that answered otherwise than before
 * @param limit how long a round of probes may take; an endpoint without a result by then counts as having none
 */
public record RoundTiming(Duration confirmation, Duration limit) {

    /** Between the starts of two rounds of one onboarding that somebody asked for. */
    static final Duration DISTANCE = Duration.ofSeconds(5);
}
