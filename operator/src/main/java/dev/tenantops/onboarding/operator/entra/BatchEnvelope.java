package dev.tenantops.onboarding.operator.entra;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonWriter;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;

/** The request and the answer of {@code $batch}. Source: Microsoft Learn, "Combine multiple HTTP requests". */
final class BatchEnvelope {

    /** What Microsoft Graph takes in one batch. */
    static final int MOST_ITEMS = 20;

    private BatchEnvelope() {}

    static byte[] request(List<BatchItem> items) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256 * items.size());
        try (JsonWriter json = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
            json.beginObject().name("requests").beginArray();
            int id = 0;
            for (BatchItem item : items) {
                json.beginObject();
                json.name("id").value(Integer.toString(id++));
                json.name("method").value("GET");
                json.name("url").value(item.url());
                json.endObject();
            }
            json.endArray().endObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Every item's own body, or why there is none. An item that is absent, or there twice, is no answer. */
    static List<Reading<JsonObject>> answers(
            JsonObject envelope, List<BatchItem> items, GraphSession session, Clock clock) {
        JsonObject[] byId = new JsonObject[items.size()];
        boolean ambiguous = false;
        if (envelope.get("responses") instanceof JsonArray responses) {
            for (JsonElement response : responses) {
                int id = id(response, items.size());
                ambiguous |= id < 0 || byId[id] != null;
                if (id >= 0) {
                    byId[id] = response.getAsJsonObject();
                }
            }
        }
        List<Reading<JsonObject>> answers = new ArrayList<>(items.size());
        for (int id = 0; id < byId.length; id++) {
            GraphPart part = items.get(id).part();
            answers.add(ambiguous || byId[id] == null ? unanswered(part) : answer(byId[id], part, session, clock));
        }
        return answers;
    }

    private static Reading<JsonObject> answer(JsonObject response, GraphPart part, GraphSession session, Clock clock) {
        int status = integer(response.get("status"));
        JsonElement body = response.get("body");
        if (status == 200) {
            return body instanceof JsonObject object ? Reading.of(object) : unanswered(part);
        }
        GraphError error = GraphError.of(status, body, retryAfter(response, clock));
        session.heed(error);
        return Reading.failed(error.failureOfRead(part));
    }

    private static Reading<JsonObject> unanswered(GraphPart part) {
        return Reading.failed(Failure.of(
                Reason.GraphUnavailable,
                "Microsoft Graph left out " + part.title()
                        + " in its answer. That proves nothing about the tenant; the next check asks again."));
    }

    private static Optional<Duration> retryAfter(JsonObject response, Clock clock) {
        if (response.get("headers") instanceof JsonObject headers) {
            for (Entry<String, JsonElement> header : headers.entrySet()) {
                if (header.getKey().equalsIgnoreCase("Retry-After")
                        && header.getValue() instanceof JsonPrimitive value) {
                    return RetryAfter.parse(value.getAsString(), clock);
                }
            }
        }
        return Optional.empty();
    }

    /** @return -1 for a response that belongs to none of the items */
    private static int id(JsonElement response, int items) {
        int id = response instanceof JsonObject object ? integer(object.get("id")) : -1;
        return id < items ? id : -1;
    }

    /** @return -1 where there is no number from 0 to 9999 */
    private static int integer(JsonElement element) {
        if (!(element instanceof JsonPrimitive value)) {
            return -1;
        }
        String text = value.getAsString();
        return text.length() <= 4 && !text.isEmpty() && text.chars().allMatch(it -> it >= '0' && it <= '9')
                ? Integer.parseInt(text)
                : -1;
    }
}
