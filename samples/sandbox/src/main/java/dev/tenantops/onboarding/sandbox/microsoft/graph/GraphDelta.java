package dev.tenantops.onboarding.sandbox.microsoft.graph;

import dev.tenantops.onboarding.sandbox.microsoft.error.GraphError;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Delta queries: what has changed since the client's last complete round. The state of a round is remembered here under
 * its token; the oldest are forgotten, after which the client has to start again.
 */
final class GraphDelta {

    private static final int REMEMBERED_ROUNDS = 50_000;
    private static final String ID = "id";

    private final GraphPages pages;
    private final Map<String, Round> rounds = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Round> eldest) {
            return size() > REMEMBERED_ROUNDS;
        }
    });

    /**
     * @param tenantId whose round it is
     * @param known hashes of the entities as the client will know them at the end of the round, by id
     * @param pending what was not sent yet
     */
    private record Round(String tenantId, Map<String, Integer> known, List<String> pending) {}

    GraphDelta(GraphPages pages) {
        this.pages = pages;
    }

    /** @param restorable tells a removed entity that may come back ({@code changed}) from one that will not */
    <T> Result<WebResponse, GraphError> answer(
            String tenantId,
            EntityType<T> type,
            List<T> entities,
            Predicate<String> restorable,
            GraphQuery query,
            WebRequest request) {
        if (query.skipToken().isPresent()) {
            Round round = rounds.get(query.skipToken().get());
            return round == null || !round.tenantId().equals(tenantId)
                    ? Result.failure(resync())
                    : Result.success(send(type, round, query, request));
        }
        Result<List<T>, GraphError> matching = GraphPages.matching(tracked(type), entities, query);
        if (query.deltaToken().isEmpty()) {
            return matching.then(found -> Result.success(
                    send(type, round(tenantId, type, found, Map.of(), restorable, query), query, request)));
        }
        String token = query.deltaToken().get();
        if (token.equals("latest")) {
            return matching.then(found -> {
                Round all = round(tenantId, type, found, Map.of(), restorable, query);
                return Result.success(send(type, new Round(tenantId, all.known(), List.of()), query, request));
            });
        }
        Round last = rounds.get(token);
        return last == null || !last.tenantId().equals(tenantId)
                ? Result.failure(resync())
                : matching.then(found -> Result.success(
                        send(type, round(tenantId, type, found, last.known(), restorable, query), query, request)));
    }

    /** What is tracked can be narrowed to objects, and to nothing else. */
    private static <T> EntityType<T> tracked(EntityType<T> type) {
        return new EntityType<>(type.name(), type.setName(), type.id(), type.members(), Map.of(ID, type.id()));
    }

    /** A round always names its objects, whether the client selected their ids or not. */
    private static Set<String> written(Set<String> selected) {
        Set<String> written = new LinkedHashSet<>(selected);
        if (!selected.isEmpty()) {
            written.add(ID);
        }
        return written;
    }

    private static <T> Round round(
            String tenantId,
            EntityType<T> type,
            List<T> entities,
            Map<String, Integer> known,
            Predicate<String> restorable,
            GraphQuery query) {
        Set<String> members = written(query.select());
        Map<String, Integer> now = new LinkedHashMap<>();
        List<String> changes = new ArrayList<>();
        entities.stream().sorted(Comparator.comparing(type.id())).forEach(entity -> {
            String id = type.id().apply(entity);
            byte[] written = Json.bytes(json -> type.write(json, entity, members));
            int hash = Arrays.hashCode(written);
            now.put(id, hash);
            if (!Integer.valueOf(hash).equals(known.get(id))) {
                changes.add(new String(written, StandardCharsets.UTF_8));
            }
        });
        known.keySet().stream()
                .filter(id -> !now.containsKey(id))
                .forEach(id -> changes.add(removed(id, restorable.test(id))));
        return new Round(tenantId, now, changes);
    }

    private <T> WebResponse send(EntityType<T> type, Round round, GraphQuery query, WebRequest request) {
        int size = Math.min(pages.pageSize(query), round.pending().size());
        List<String> page = round.pending().subList(0, size);
        List<String> rest = round.pending().subList(size, round.pending().size());
        String token = UUID.randomUUID().toString();
        rounds.put(token, new Round(round.tenantId(), round.known(), List.copyOf(rest)));
        boolean last = rest.isEmpty();
        String link = query.link(request, last ? "$deltatoken" : "$skiptoken", token);
        return WebResponse.of(200, WebResponse.ODATA_JSON, Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("@odata.context", GraphPages.context(type, query, request));
            json.writeStringField(last ? "@odata.deltaLink" : "@odata.nextLink", link);
            json.writeArrayFieldStart("value");
            for (String entity : page) {
                json.writeRawValue(entity);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static String removed(String id, boolean restorable) {
        return "{\"id\":\"" + id + "\",\"@removed\":{\"reason\":\"" + (restorable ? "changed" : "deleted") + "\"}}";
    }

    private static GraphError resync() {
        return new GraphError(410, "syncStateNotFound", "The sync state is not found or expired. Start again.");
    }
}
