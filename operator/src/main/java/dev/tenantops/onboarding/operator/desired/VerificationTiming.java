package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * When onboardings are checked, and how long what was found counts.
 *
 * @param defaultInterval the time between two checks of an onboarding that names none
 * @param leastFreshness how long evidence counts at least
 * @param stallAfter how long a mistake may heal by itself
 */
public record VerificationTiming(Duration defaultInterval, Duration leastFreshness, Duration stallAfter) {

    private static final int INTERVALS = 3;
    private static final Duration LONGEST_CATALOG_INTERVAL = Duration.ofSeconds(30);

    /** Catalogs cost no request, so they are looked at more often. */
    public Duration catalogInterval() {
        return defaultInterval.compareTo(LONGEST_CATALOG_INTERVAL) < 0 ? defaultInterval : LONGEST_CATALOG_INTERVAL;
    }

    public Duration interval(TenantOnboardingSpec spec) {
        return Intervals.of(spec).orElse(defaultInterval);
    }

    /** Long enough that single failed checks do not end it. */
    public Duration freshness(TenantOnboardingSpec spec) {
        return Stream.of(leastFreshness, interval(spec).multipliedBy(INTERVALS))
                .max(Duration::compareTo)
                .orElseThrow();
    }
}
