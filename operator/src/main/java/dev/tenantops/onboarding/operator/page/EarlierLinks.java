package dev.tenantops.onboarding.operator.page;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * Has the onboardings checked that may profit from a consent through a link of an earlier one. Anybody can claim such a
 * consent who knows a tenant's id, so no more is done for it than a check, of few onboardings in a minute, and neither the
 * page nor its time tells whether there was one.
 */
final class EarlierLinks {

    private static final int MOST = 20;
    private static final int MOST_OF_ONE = 4;
    private static final Duration TIME = Duration.ofMinutes(1);

    private final OnboardingLookup onboardings;
    private final InstantSource clock;
    private final Executor beside;
    /** When the last ones were used. */
    private final Deque<Long> uses = new ArrayDeque<>();

    EarlierLinks(OnboardingLookup onboardings, InstantSource clock, Executor beside) {
        this.onboardings = onboardings;
        this.clock = clock;
        this.beside = beside;
    }

    void used(String tenantId, String application) {
        if (admitted(clock.millis())) {
            beside.execute(() -> onboardings.ofTenant(tenantId, application).stream()
                    .limit(MOST_OF_ONE)
                    .forEach(it -> onboardings.requestCheck(it, clock.instant())));
        }
    }

    /** A clock that was set back lets as many through as a new minute does. */
    private synchronized boolean admitted(long now) {
        uses.removeIf(it -> it > now || now - it >= TIME.toMillis());
        if (uses.size() >= MOST) {
            return false;
        }
        uses.addLast(now);
        return true;
    }
}
