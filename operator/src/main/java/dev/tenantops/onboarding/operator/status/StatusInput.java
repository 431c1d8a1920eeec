package dev.tenantops.onboarding.operator.status;

import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.operator.consent.OnboardingLinks;
import dev.tenantops.onboarding.operator.consent.PageAddress;
import dev.tenantops.onboarding.operator.verdict.Memory;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * All that a new status depends on.
 *
 * @param generation the generation of the spec that was judged
 * @param previous the status so far
 * @param verdict what the check found
 * @param links where what is needed is consented to
 * @param tenantName what the customer calls its organization, where there is a page that shows it
 * @param page where the administrator's page is
 * @param requestedAt the value of the annotation that asked for this check
 * @param suspended whether the spec suspends verification
 * @param now the present
 * @param freshness how long evidence counts
 * @param stallAfter how long a problem may heal by itself before it is called stalled
 */
public record StatusInput(
        long generation,
        TenantOnboardingStatus previous,
        OnboardingVerdict verdict,
        OnboardingLinks links,
        Optional<String> tenantName,
        PageAddress page,
        Optional<String> requestedAt,
        boolean suspended,
        Instant now,
        Duration freshness,
        Duration stallAfter) {

    /** The time that the verdict is of: what ends with time is judged as of then, as what was read is. */
    Instant judgedAt() {
        return verdict.readAt();
    }

    /** Who the customer is, and where its page is. */
    Customer customer() {
        return new Customer(tenantName.orElse(null), page.url().orElse(null));
    }

    /** Whether the last proven evidence still counts. */
    boolean previousIsFresh() {
        return evidence().freshFor(now, freshness).isPresent();
    }

    /** What the previous status rests on. */
    Evidence evidence() {
        return Evidence.of(previous);
    }

    /** What the previous status remembers of an application. */
    Memory memory(ApplicationStatus application) {
        return Memories.of(previous, application).believed(now);
    }
}
