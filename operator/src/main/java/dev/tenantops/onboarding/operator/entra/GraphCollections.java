package dev.tenantops.onboarding.operator.entra;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.microsoft.kiota.serialization.JsonParseNode;
import com.microsoft.kiota.serialization.Parsable;
import com.microsoft.kiota.serialization.ParsableFactory;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Makes records of the SDK's models: of single objects, and of collections with all their pages. */
final class GraphCollections {

    /** At 999 entries a page, more than any tenant has of what is read here. */
    private static final int MOST_PAGES = 100;

    private final GraphTransport graph;
    private final GraphSession session;

    GraphCollections(GraphTransport graph, GraphSession session) {
        this.graph = graph;
        this.session = session;
    }

    /** Reads a collection to its end, from its first page on. */
    <M extends Parsable, T> Reading<List<T>> all(
            GraphPart part, Reading<JsonObject> firstPage, ParsableFactory<M> factory, Function<M, T> toRecord) {
        List<T> all = new ArrayList<>();
        Reading<JsonObject> page = firstPage;
        for (int pages = 1; pages <= MOST_PAGES; pages++) {
            if (!(page instanceof Reading.Complete<JsonObject>(JsonObject body))) {
                return Reading.failed(page.ifFailed().orElseThrow());
            }
            JsonElement next = body.get("@odata.nextLink");
            boolean last = next == null || next instanceof JsonNull;
            if (!addAll(all, body, factory, toRecord) || (!last && !next.isJsonPrimitive())) {
                return incomplete(part);
            }
            if (last) {
                return Reading.of(List.copyOf(all));
            }
            page = graph.page(session, part, next.getAsString());
        }
        return Reading.failed(Failure.of(
                Reason.GraphUnavailable,
                "Microsoft Graph has more than " + MOST_PAGES + " pages of " + part.title() + ", which are not read."));
    }

    /** One page of a collection, whatever is on it. */
    static Reading<JsonObject> page(GraphPart part, Reading<JsonObject> answer) {
        return answer instanceof Reading.Complete<JsonObject>(JsonObject body)
                        && (body.get("value") == null || !body.get("value").isJsonArray())
                ? incomplete(part)
                : answer;
    }

    /** Reads a single object. */
    static <M extends Parsable, T> Reading<T> one(
            GraphPart part, Reading<JsonObject> answer, ParsableFactory<M> factory, Function<M, T> toRecord) {
        if (!(answer instanceof Reading.Complete<JsonObject>(JsonObject body))) {
            return Reading.failed(answer.ifFailed().orElseThrow());
        }
        try {
            return Reading.of(toRecord.apply(new JsonParseNode(body).getObjectValue(factory)));
        } catch (RuntimeException e) {
            return incomplete(part);
        }
    }

    /** The SDK's deserializers throw what their JSON parser happens to throw, hence the wide catch. */
    private static <M extends Parsable, T> boolean addAll(
            List<T> all, JsonObject body, ParsableFactory<M> factory, Function<M, T> toRecord) {
        try {
            for (JsonElement entry : body.getAsJsonArray("value")) {
                all.add(toRecord.apply(new JsonParseNode(entry).getObjectValue(factory)));
            }
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static <T> Reading<T> incomplete(GraphPart part) {
        return Reading.failed(Failure.of(
                Reason.GraphUnavailable,
                "Microsoft Graph's answer lacks what was asked of " + part.title()
                        + ". That proves nothing about the tenant; the next check asks again."));
    }
}
