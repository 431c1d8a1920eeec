package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.observe.OtherResource;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
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
        Map<String, OtherResource> known = new HashMap<>();
        Map<String, Set<String>> unknown = new TreeMap<>();
        seen.grantedElsewhere().forEach((id, appRoles) -> {
            // What was named for one catalog's applications stays named, or those of two would take turns.
            Set<String> named = new HashSet<>(appRoles);
            OtherResource found = remembered.getIfPresent(new Key(query.cloud(), query.tenantId(), id));
            if (found != null) {
                known.put(id, found);
                named.addAll(found.appRoles().keySet());
            }
            boolean complete = found != null && named.size() == found.appRoles().size();
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
        Batch batch = new Batch();
        Map<String, Integer> asked = new HashMap<>();
        unknown.forEach((id, appRoles) -> asked.put(id, batch.add(GraphReads.otherResource(id, !appRoles.isEmpty()))));
        List<Reading<JsonBody>> answers =
                batch.send(graph, new GraphSession(session.cloud(), session.tenantId(), session.accessToken()));
        Map<String, OtherResource> found = new HashMap<>();
        asked.forEach((id, item) -> GraphCollections.one(
                        GraphPart.OtherResource,
                        answers.get(item),
                        com.microsoft.graph.models.ServicePrincipal::createFromDiscriminatorValue,
                        model -> GraphRecords.otherResource(model, unknown.get(id)))
                .ifComplete()
                .ifPresent(it -> found.put(id, it)));
        return found;
    }

    private record Key(CloudEndpoints cloud, String tenantId, String servicePrincipalId) {}
}
