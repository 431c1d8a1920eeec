package dev.tenantops.onboarding.operator.sharding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.sharding.ShardCoverage.Cover;
import dev.tenantops.onboarding.operator.sharding.ShardCoverage.Seen;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShardCoverageTest {

    private static final Seen A = seen("shard=a", true);
    private static final Seen B = seen("shard=b", true);
    private static final Seen REST = seen("shard notin (a,b)", true);

    @Test
    void eachOnboardingOfACompleteDivisionIsOneShards() {
        assertThat(coverage(List.of(A, B, REST)).found()).isEqualTo(Map.of(Cover.One, 4));
    }

    @Test
    void anOnboardingThatNoSelectorSelectsIsFound() {
        var coverage = coverage(List.of(A, B));
        assertThat(coverage.count(Cover.NoShard)).isEqualTo(2);
        assertThat(coverage.examples().get(Cover.NoShard)).containsExactly("customers/c", "customers/unlabelled");
    }

    @Test
    void anOnboardingThatTwoSelectorsSelectIsFound() {
        var coverage = coverage(List.of(A, B, REST, seen("shard in (b,c)", true)));
        assertThat(coverage.examples().get(Cover.Several)).containsExactly("customers/b", "customers/c");
    }

    @Test
    void aShardWhoseLeaseNobodyRenewsVerifiesNothing() {
        var coverage = coverage(List.of(A, seen("shard=b", false), REST));
        assertThat(coverage.examples().get(Cover.ShardGone)).containsExactly("customers/b");
        assertThat(coverage.count(Cover.NoShard)).isZero();
    }

    @Test
    void aShardThatIsGoneDoesNotCountBesideOneThatTookItsPart() {
        assertThat(coverage(List.of(A, seen("shard=b", false), seen("shard notin (a)", true)))
                        .found())
                .isEqualTo(Map.of(Cover.One, 4));
    }

    @Test
    void aShardThatDoesNotSayWhatItSelectsCountsForNothing() {
        var silent = new Seen(new ShardNotice(Optional.empty(), false, Map.of()), true);
        assertThat(coverage(List.of(silent)).found()).isEqualTo(Map.of(Cover.NoShard, 4));
    }

    private static ShardCoverage coverage(List<Seen> shards) {
        return ShardCoverage.of(
                shards,
                Stream.of(
                        onboarding("a", Map.of("shard", "a")),
                        onboarding("b", Map.of("shard", "b", "customer", "contoso")),
                        onboarding("c", Map.of("shard", "c")),
                        onboarding("unlabelled", null)));
    }

    private static Seen seen(String selector, boolean renewed) {
        return new Seen(new ShardNotice(Optional.of(ShardSelector.parse(selector)), false, Map.of()), renewed);
    }

    private static GenericKubernetesResource onboarding(String name, Map<String, String> labels) {
        return new GenericKubernetesResourceBuilder()
                .withNewMetadata()
                .withNamespace("customers")
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .build();
    }
}
