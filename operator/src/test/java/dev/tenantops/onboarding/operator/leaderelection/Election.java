package dev.tenantops.onboarding.operator.leaderelection;

import dev.tenantops.onboarding.operator.config.OnboardingConfig;
import java.time.Duration;

/** The leader election as it is configured by default. */
public record Election(boolean enabled, String leaseName) implements OnboardingConfig.LeaderElection {

    @Override
    public Duration leaseDuration() {
        return Duration.ofSeconds(15);
    }

    @Override
    public Duration renewDeadline() {
        return Duration.ofSeconds(10);
    }

    @Override
    public Duration retryPeriod() {
        return Duration.ofSeconds(2);
    }
}
