package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.OtherResource;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The APIs that something is granted on although nobody asked for them. A grant has their object id only, which differs
 * in each tenant and means nothing to people. They are looked up in one more batch and remembered. What cannot be
 * looked up stays without a name until a later check can: it is worth no failure, and no second token.
 */
final class OtherResourceReading {

    private static final int MOST_REMEMBERED = 100_000;

    private final GraphTransport graph;
    private final ExpensiveReadings expensive;
    private final Cache<Key, OtherResource> remembered;

    /** @param expensive for readings that may take much memory */
    OtherResourceReading(GraphTransport graph, ExpensiveReadings expensive, Duration timeToLive, Ticker ticker) {
        this.graph = graph;
        this.expensive = expensive;
        this.remembered = Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterWrite(timeToLive)
                .ticker(ticker)
                .build();
    }

    /** @return by the object id of the API */
    Map<String, OtherResource> read(GraphSession session, TenantQuery query, TenantObservation seen) {
        var known = new HashMap<String, OtherResource>();
        var unknown = new TreeMap<String, Set<String>>();
        seen.grantedElsewhere().forEach((id, appRoles) -> {
            // What was named for one catalog's applications stays named, or those of two would take turns.
            var named = new HashSet<String>(appRoles);
            var found = remembered.getIfPresent(new Key(query.cloud(), query.tenantId(), id));
            if (found != null) {
                known.put(id, found);
                named.addAll(found.appRoles().keySet());
            }
            var complete = found != null && named.size() == found.appRoles().size();
            if (!complete && Guid.matches(id) && unknown.size() < BatchEnvelope.MOST_ITEMS) {
                unknown.put(id, named);
            }
        });
        lookUp(session, unknown).forEach((id, found) -> {
            remembered.put(new Key(query.cloud(), query.tenantId(), id), found);
            known.put(id, found);
        });
        return known;
    }

    private Map<String, OtherResource> lookUp(GraphSession session, Map<String, Set<String>> unknown) {
        if (unknown.values().stream().allMatch(Set::isEmpty)) {
            return lookUpNow(session, unknown);
        }
        if (!(expensive.enter(session.cloud(), () -> false) instanceof ExpensiveReadings.Turn turn)) {
            return Map.of();
        }
        try (turn) {
            return lookUpNow(session, unknown);
        }
    }

    /** In a session of its own, so that what is refused here does not void what was read before. */
    private Map<String, OtherResource> lookUpNow(GraphSession session, Map<String, Set<String>> unknown) {
        var batch = new Batch();
        var asked = new HashMap<String, Integer>();
        unknown.forEach((id, appRoles) -> asked.put(id, batch.add(GraphReads.otherResource(id, !appRoles.isEmpty()))));
        var answers = batch.send(graph, new GraphSession(session.cloud(), session.tenantId(), session.accessToken()));
        var found = new HashMap<String, OtherResource>();
        asked.forEach((id, item) -> GraphCollections.one(
                        GraphPart.OtherResource,
                        answers.get(item),
                        json -> GraphRecords.otherResource(json, unknown.get(id)))
                .ifComplete()
                .ifPresent(it -> found.put(id, it)));
        return found;
    }

    private record Key(CloudEndpoints cloud, String tenantId, String servicePrincipalId) {}
}
