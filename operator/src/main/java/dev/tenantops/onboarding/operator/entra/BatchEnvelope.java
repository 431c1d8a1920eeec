package dev.tenantops.onboarding.operator.entra;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The request and the answer of {@code $batch}. Source: https://learn.microsoft.com/graph/json-batching */
final class BatchEnvelope {

    /** What Microsoft Graph takes in one batch. */
    static final int MOST_ITEMS = 20;

    private BatchEnvelope() {}

    /**
     * What stands in the envelope for one item.
     *
     * @param id -1 for none of the items'
     * @param body where there is one that is an object
     */
    private record Response(int id, int status, Optional<Duration> retryAfter, Optional<JsonBody> body) {}

    static byte[] request(List<BatchItem> items) {
        var bytes = new ByteArrayOutputStream(256 * items.size());
        try (var json = JsonBody.STREAMS.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeArrayFieldStart("requests");
            var id = 0;
            for (BatchItem item : items) {
                json.writeStartObject();
                json.writeStringField("id", Integer.toString(id++));
                json.writeStringField("method", "GET");
                json.writeStringField("url", item.url());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /**
     * Every item's own body, or why there is none. An item that is absent, or there twice, is no answer.
     *
     * @throws JacksonException for an envelope that is not exactly one JSON object
     * @throws UselessAnswerException the same
     */
    static List<Reading<JsonBody>> answers(byte[] envelope, List<BatchItem> items, GraphSession session, Clock clock)
            throws IOException {
        var byId = new Response[items.size()];
        var ambiguous = false;
        for (Response response : responses(envelope, clock)) {
            var id = response.id() < items.size() ? response.id() : -1;
            ambiguous |= id < 0 || byId[id] != null;
            if (id >= 0) {
                byId[id] = response;
            }
        }
        var answers = new ArrayList<Reading<JsonBody>>(items.size());
        for (int id = 0; id < byId.length; id++) {
            var part = items.get(id).part();
            answers.add(ambiguous || byId[id] == null ? unanswered(part) : answer(byId[id], part, session));
        }
        return answers;
    }

    private static Reading<JsonBody> answer(Response response, GraphPart part, GraphSession session) {
        if (response.status() == 200) {
            return response.body().map(Reading::of).orElseGet(() -> unanswered(part));
        }
        var error = GraphError.of(
                response.status(), response.body().flatMap(JsonBody::tree).orElse(null), response.retryAfter());
        if (part.matters()) {
            session.heed(error);
        }
        return Reading.failed(error.failureOfRead(part));
    }

    private static Reading<JsonBody> unanswered(GraphPart part) {
        return Reading.failed(Failure.of(
                Reason.GraphUnavailable,
                "Microsoft Graph left out " + part.title() + " in its answer. That proves nothing about the tenant.",
                "The next check asks again."));
    }

    private static List<Response> responses(byte[] envelope, Clock clock) throws IOException {
        var responses = new ArrayList<Response>(MOST_ITEMS);
        try (var json = JsonBody.STREAMS.createParser(envelope)) {
            JsonBody.requireObject(json);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var wanted = json.currentName().equals("responses");
                if (json.nextToken() == JsonToken.START_ARRAY && wanted) {
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        responses.add(response(json, envelope, clock));
                    }
                } else {
                    json.skipChildren();
                }
            }
            JsonBody.requireEnd(json);
        }
        return responses;
    }

    private static Response response(JsonParser json, byte[] envelope, Clock clock) throws IOException {
        var id = -1;
        var status = -1;
        Optional<Duration> retryAfter = Optional.empty();
        Optional<JsonBody> body = Optional.empty();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return new Response(id, status, retryAfter, body);
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            switch (name) {
                case "id" -> id = integer(json);
                case "status" -> status = integer(json);
                case "headers" -> retryAfter = retryAfter(json, clock);
                case "body" -> body = body(json, envelope);
                default -> json.skipChildren();
            }
        }
        return new Response(id, status, retryAfter, body);
    }

    private static Optional<JsonBody> body(JsonParser json, byte[] envelope) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return Optional.empty();
        }
        var start = Math.toIntExact(json.currentTokenLocation().getByteOffset());
        json.skipChildren();
        var end = Math.toIntExact(json.currentLocation().getByteOffset());
        return Optional.of(new JsonBody(envelope, start, end - start));
    }

    private static Optional<Duration> retryAfter(JsonParser json, Clock clock) throws IOException {
        Optional<Duration> found = Optional.empty();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return found;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var wanted = json.currentName().equalsIgnoreCase("Retry-After");
            if (json.nextToken().isScalarValue() && wanted) {
                found = RetryAfter.parse(json.getText(), clock);
            }
            json.skipChildren();
        }
        return found;
    }

    /** @return -1 where there is no number from 0 to 9999, in digits or as a text of digits */
    private static int integer(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT && json.currentToken() != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return -1;
        }
        var text = json.getText();
        return text.length() <= 4 && !text.isEmpty() && text.chars().allMatch(it -> it >= '0' && it <= '9')
                ? Integer.parseInt(text)
                : -1;
    }
}
