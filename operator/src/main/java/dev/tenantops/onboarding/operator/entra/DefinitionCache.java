package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.ResourceServicePrincipal.PermissionDefinitions;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which permissions the APIs define. Microsoft's own APIs define the same in all tenants of a cloud, Microsoft Graph
 * some 1,500 in a megabyte of JSON, so what one tenant shows of them serves all. Of any other API each tenant has its
 * own definitions, since its administrators may edit them: they must not speak for other tenants. Equal ones are kept
 * once.
 */
final class DefinitionCache {

    /** What counts as fresh: a mistake in a catalog makes all of its tenants ask for fresh definitions. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Ticker ticker;
    private final Cache<Key, Remembered> definitions;
    private final Interner<PermissionDefinitions> distinct = Interner.newWeakInterner();

    /** By identity, which is enough: equal ones are kept once. */
    private final Cache<PermissionDefinitions, Long> numbers =
            Caffeine.newBuilder().weakKeys().build();

    private final AtomicLong last = new AtomicLong();

    DefinitionCache(Duration timeToLive, Ticker ticker) {
        this.ticker = ticker;
        this.definitions = Caffeine.newBuilder()
                .expireAfterWrite(timeToLive)
                .ticker(ticker)
                .build();
    }

    /** What is remembered, if that is good enough for the query. */
    Optional<PermissionDefinitions> get(TenantQuery query, String resourceAppId) {
        return Optional.ofNullable(definitions.getIfPresent(key(query, resourceAppId)))
                .filter(it -> !query.freshDefinitions() || ticker.read() - it.readAt() <= FRESH.toNanos())
                .map(Remembered::definitions);
    }

    /** @return the instance to use from now on */
    PermissionDefinitions put(TenantQuery query, String resourceAppId, PermissionDefinitions fresh) {
        var shared = distinct.intern(fresh);
        definitions.put(key(query, resourceAppId), new Remembered(shared, ticker.read()));
        return shared;
    }

    /** A number that no other definitions of this process have or had. */
    long number(PermissionDefinitions shared) {
        return numbers.get(shared, _ -> last.incrementAndGet());
    }

    /** Whether the query will bring the definitions of Microsoft Graph, which take much memory to read. */
    boolean isExpensive(TenantQuery query) {
        var graph = WellKnownResource.MicrosoftGraph.appId();
        return query.resources().contains(graph) && get(query, graph).isEmpty();
    }

    private static Key key(TenantQuery query, String resourceAppId) {
        return new Key(
                query.cloud(),
                WellKnownResource.isMicrosofts(resourceAppId) ? Optional.empty() : Optional.of(query.tenantId()),
                resourceAppId);
    }

    private record Remembered(PermissionDefinitions definitions, long readAt) {}

    /** @param tenantId empty for what is the same in all tenants */
    private record Key(CloudEndpoints cloud, Optional<String> tenantId, String resourceAppId) {}
}
