package dev.tenantops.onboarding.operator.page.vendor;

import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the overview has the onboardings from. Safe for many threads at once. */
public interface OnboardingSource {

    /** All that are known, without a request. */
    Stream<TenantOnboarding> onboardings();

    /** How old that may be: when the cluster was last heard of, where it is silent now. */
    Optional<Instant> silentSince();
}
