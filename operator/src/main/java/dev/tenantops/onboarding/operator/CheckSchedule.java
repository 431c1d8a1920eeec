package dev.tenantops.onboarding.operator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.api.TenantOnboarding;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When the checks of onboardings are due, so that it can be seen how late they are. A restart forgets it, and has all of
 * them due at once.
 */
public final class CheckSchedule {

    /** Of deleted onboardings nothing is left after this time; one that is still there is looked at far more often. */
    private static final Duration FORGOTTEN = Duration.ofDays(2);

    private final Cache<String, Instant> due =
            Caffeine.newBuilder().expireAfterAccess(FORGOTTEN).build();

    /** A check is wanted now, unless it was due before. */
    void wanted(TenantOnboarding onboarding, Instant now) {
        due.asMap().merge(onboarding.getMetadata().getUid(), now, (before, it) -> before.isBefore(it) ? before : it);
    }

    /** A check came to its end. */
    void done(TenantOnboarding onboarding, Instant next) {
        due.put(onboarding.getMetadata().getUid(), next);
    }

    /** When the next check is due; in the past while one is late or under way. */
    public Optional<Instant> due(TenantOnboarding onboarding) {
        return Optional.ofNullable(due.getIfPresent(onboarding.getMetadata().getUid()));
    }
}
