package dev.tenantops.onboarding.operator.sharding;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How the shards divide the onboardings between them.
 *
 * @param found how many onboardings are in each of these situations
 * @param examples the names of a few of them
 */
public record ShardCoverage(Map<Cover, Integer> found, Map<Cover, List<String>> examples) {

    private static final int MOST_EXAMPLES = 3;

    /** Who verifies an onboarding. */
    public enum Cover {
        /** One shard. */
        One,
        /** Several, so it is verified and written more than once. */
        Several,
        /** No shard selects it, so what its status says becomes old. */
        NoShard,
        /** A shard selects it, whose Lease nobody renews. */
        ShardGone
    }

    /**
     * A shard as its Lease shows it.
     *
     * @param renewed whether somebody holds the Lease
     */
    public record Seen(ShardNotice notice, boolean renewed) {

        private boolean selects(Map<String, String> labels) {
            return notice.selector().filter(it -> it.matches(labels)).isPresent();
        }
    }

    public ShardCoverage {
        found = Map.copyOf(found);
        examples = Map.copyOf(examples);
    }

    /** Counts onboardings, of which the metadata is enough. */
    public static ShardCoverage of(List<Seen> shards, Stream<? extends HasMetadata> onboardings) {
        var found = new EnumMap<Cover, Integer>(Cover.class);
        var examples = new EnumMap<Cover, List<String>>(Cover.class);
        onboardings.forEach(it -> {
            var cover = cover(shards, Shard.labels(it));
            found.merge(cover, 1, Integer::sum);
            var names = examples.computeIfAbsent(cover, _ -> new ArrayList<>());
            if (names.size() < MOST_EXAMPLES) {
                names.add(
                        it.getMetadata().getNamespace() + "/" + it.getMetadata().getName());
            }
        });
        return new ShardCoverage(found, examples);
    }

    /** How many onboardings are in a situation. */
    public int count(Cover cover) {
        return found.getOrDefault(cover, 0);
    }

    private static Cover cover(List<Seen> shards, Map<String, String> labels) {
        var present = 0;
        var gone = false;
        for (Seen shard : shards) {
            if (shard.selects(labels)) {
                present += shard.renewed() ? 1 : 0;
                gone |= !shard.renewed();
            }
        }
        if (present > 0) {
            return present == 1 ? Cover.One : Cover.Several;
        }
        return gone ? Cover.ShardGone : Cover.NoShard;
    }
}
