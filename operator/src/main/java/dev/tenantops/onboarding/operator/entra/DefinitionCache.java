package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Interner;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import java.time.Duration;
import java.util.Optional;

/**
 * Which permissions the APIs of each tenant define. Microsoft Graph alone defines some 1,500, the same in nearly all
 * tenants: equal definitions are kept once, so that a tenant costs a reference.
 */
final class DefinitionCache {

    private final Cache<Key, PermissionDefinitions> definitions;
    private final Interner<PermissionDefinitions> distinct = Interner.newWeakInterner();

    DefinitionCache(Duration timeToLive, Ticker ticker) {
        this.definitions = Caffeine.newBuilder()
                .expireAfter(Expiry.<Key, PermissionDefinitions>writing((key, value) -> spread(key, timeToLive)))
                .ticker(ticker)
                .build();
    }

    Optional<PermissionDefinitions> get(CloudEndpoints cloud, String tenantId, String resourceAppId) {
        return Optional.ofNullable(definitions.getIfPresent(new Key(cloud, tenantId, resourceAppId)));
    }

    /** @return the instance to use from now on */
    PermissionDefinitions put(
            CloudEndpoints cloud, String tenantId, String resourceAppId, PermissionDefinitions fresh) {
        PermissionDefinitions shared = distinct.intern(fresh);
        definitions.put(new Key(cloud, tenantId, resourceAppId), shared);
        return shared;
    }

    /** Three quarters of the time to live up to all of it, so that not all tenants of a restart expire at once. */
    private static Duration spread(Key key, Duration timeToLive) {
        return timeToLive.minus(
                timeToLive.dividedBy(4).multipliedBy(key.hashCode() & 0xff).dividedBy(0xff));
    }

    private record Key(CloudEndpoints cloud, String tenantId, String resourceAppId) {}
}
