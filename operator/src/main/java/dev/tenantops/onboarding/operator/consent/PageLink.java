package dev.tenantops.onboarding.operator.consent;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a link to the administrator's page is good for.
 *
 * @param uid of the TenantOnboarding
 * @param version {@code spec.page.linkVersion} when it was made; a link of another one is revoked
 * @param end when it ends, to the second; never if absent
 */
public record PageLink(String uid, int version, Optional<Instant> end) {

    public PageLink {
        end = end.map(it -> it.truncatedTo(ChronoUnit.SECONDS)).filter(it -> it.getEpochSecond() > 0);
    }

    /** The link to the page of an onboarding as it is now. */
    public static PageLink of(TenantOnboarding onboarding) {
        var page = Optional.ofNullable(onboarding.getSpec().page()).orElse(Page.DEFAULT);
        return new PageLink(onboarding.getMetadata().getUid(), page.linkVersion(), page.end());
    }

    public boolean hasEnded(Instant now) {
        return end.filter(it -> !now.isBefore(it)).isPresent();
    }
}
