package dev.tenantops.onboarding.operator.config;

import dev.tenantops.onboarding.operator.sharding.Shard;
import dev.tenantops.onboarding.operator.sharding.ShardSelector;

/** Reads the configuration of sharding, and refuses what can never work. */
final class Shards {

    private Shards() {}

    static Shard configured(OnboardingConfig.Sharding sharding, OnboardingConfig.LeaderElection election) {
        var selector = sharding.selector().map(Shards::selector).orElse(ShardSelector.ALL);
        if (!selector.isAll() && !election.enabled()) {
            throw new IllegalArgumentException(
                    "onboarding.sharding.selector is set and onboarding.leader-election.enabled is false. A shard says on"
                            + " its Lease which onboardings are its own: set onboarding.leader-election.enabled to true.");
        }
        var catalogs = sharding.catalogs().orElse(selector.isAll());
        if (selector.isAll() && !catalogs) {
            throw new IllegalArgumentException(
                    "onboarding.sharding.catalogs is false and onboarding.sharding.selector is not set. What verifies all"
                            + " onboardings has the catalogs: set a selector, or leave out both.");
        }
        return new Shard(sharding.name().orElse(election.leaseName()), selector, catalogs);
    }

    private static ShardSelector selector(String text) {
        try {
            return ShardSelector.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "onboarding.sharding.selector cannot be used. " + e.getMessage()
                            + " Write it as for kubectl get -l, such as: shard in (a, b)",
                    e);
        }
    }
}
