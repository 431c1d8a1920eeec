package dev.tenantops.onboarding.operator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenantops.onboarding.operator.leaderelection.Election;
import dev.tenantops.onboarding.operator.sharding.Shard;
import dev.tenantops.onboarding.operator.sharding.ShardSelector;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShardsTest {

    private record Sharding(Optional<String> selector, Optional<Boolean> catalogs, Optional<String> name)
            implements OnboardingConfig.Sharding {}

    @Test
    void withoutASelectorEverythingIsVerifiedAndTheCatalogsAreItsOwn() {
        var shard = configured("", null, null, false);
        assertThat(shard).isEqualTo(new Shard("operator-a", ShardSelector.ALL, true));
        assertThat(shard.isPart()).isFalse();
    }

    @Test
    void withASelectorTheCatalogsAreAnothersUnlessSaidOtherwise() {
        assertThat(configured("shard=a", null, null, true))
                .isEqualTo(new Shard("operator-a", ShardSelector.parse("shard=a"), false));
        assertThat(configured("shard=a", true, "first", true))
                .isEqualTo(new Shard("first", ShardSelector.parse("shard=a"), true));
    }

    @Test
    void aSelectorThatIsWrongIsRefusedWithWhereItIs() {
        assertThatThrownBy(() -> configured("shard in (a", null, null, true))
                .hasMessage(
                        "onboarding.sharding.selector cannot be used. The label selector \"shard in (a\" is wrong: the"
                                + " parenthesis of shard is not closed. Write it as for kubectl get -l, such as: shard in (a, b)");
    }

    @Test
    void aShardNeedsALeaseToSayWhatItVerifies() {
        assertThatThrownBy(() -> configured("shard=a", null, null, false))
                .hasMessageContaining("set onboarding.leader-election.enabled to true");
    }

    @Test
    void whatVerifiesEverythingCannotLeaveTheCatalogsToAnother() {
        assertThatThrownBy(() -> configured("", false, null, true)).hasMessageContaining("set a selector");
    }

    private static Shard configured(String selector, Boolean catalogs, String name, boolean election) {
        return Shards.configured(
                new Sharding(
                        Optional.of(selector).filter(it -> !it.isEmpty()),
                        Optional.ofNullable(catalogs),
                        Optional.ofNullable(name)),
                new Election(election, "operator-a"));
    }
}
