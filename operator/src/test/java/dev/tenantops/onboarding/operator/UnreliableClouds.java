package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.config.OnboardingConfig;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.CloudName;
import dev.tenantops.onboarding.operator.desired.Clouds;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Optional;

/** A fault of the operator itself, in whatever has to do with China. */
@Alternative
@Singleton
public class UnreliableClouds implements Clouds {

    private final OnboardingConfig config;

    public UnreliableClouds(OnboardingConfig config) {
        this.config = config;
    }

    @Override
    public Optional<CloudEndpoints> endpoints(CloudName name) {
        if (name.cloud() == Cloud.China) {
            throw new IllegalStateException("a fault of the operator");
        }
        var custom = config.clouds().get(CloudName.DEFAULT);
        return Optional.of(new CloudEndpoints(
                name.cloud(), custom.loginUrl().orElseThrow(), custom.graphUrl().orElseThrow()));
    }
}
