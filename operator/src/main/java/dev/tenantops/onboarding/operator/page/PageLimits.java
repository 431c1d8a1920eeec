package dev.tenantops.onboarding.operator.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.Optional;

/** How often pages may be asked for: with one link, and from one address. */
public final class PageLimits {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 50_000;

    private final int perLink;
    private final int perAddress;
    private final Cache<String, Bucket> links = remembered();
    private final Cache<String, Bucket> addresses = remembered();

    /**
     * @param perLink a minute
     * @param perAddress a minute
     */
    public PageLimits(int perLink, int perAddress) {
        this.perLink = perLink;
        this.perAddress = perAddress;
    }

    /**
     * Counts a request from an address, as {@link ClientAddress} has it.
     *
     * @return how long to wait, where there were too many
     */
    Optional<Duration> address(String address) {
        return taken(addresses.get(address, _ -> bucket(perAddress)));
    }

    /** Counts a request with a link that is good. Others are counted by their address alone, or they would fill the memory. */
    Optional<Duration> link(String uid) {
        return taken(links.get(uid, _ -> bucket(perLink)));
    }

    private static Optional<Duration> taken(Bucket bucket) {
        var probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private static Bucket bucket(int perMinute) {
        return Bucket.builder()
                .addLimit(it -> it.capacity(perMinute).refillGreedy(perMinute, MINUTE))
                .build();
    }

    private static Cache<String, Bucket> remembered() {
        return Caffeine.newBuilder()
                .expireAfterAccess(MINUTE.multipliedBy(2))
                .maximumSize(MOST_REMEMBERED)
                .build();
    }
}
