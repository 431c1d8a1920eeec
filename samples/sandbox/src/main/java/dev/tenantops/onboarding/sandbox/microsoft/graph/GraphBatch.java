package dev.tenantops.onboarding.sandbox.microsoft.graph;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.microsoft.error.GraphError;
import dev.tenantops.onboarding.sandbox.microsoft.error.GraphErrors;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse.Delivery;
import dev.tenantops.onboarding.sandbox.microsoft.login.AccessTokens.AccessToken;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Traffic;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Traffic.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** JSON batching: up to twenty requests in one, answered in any order. */
final class GraphBatch {

    private static final int MAX_ITEMS = 20;

    private final Traffic traffic;
    private final GraphReads reads;

    GraphBatch(Traffic traffic, GraphReads reads) {
        this.traffic = traffic;
        this.reads = reads;
    }

    private record Item(String id, List<String> dependsOn, WebRequest request) {}

    WebResponse answer(AccessToken token, Caller caller, WebRequest envelope) {
        if (!envelope.method().equals("POST")) {
            return GraphErrors.respond(
                    405, "BadRequest", "Specified HTTP method is not allowed for the request target.", envelope);
        }
        return items(envelope)
                .fold(items -> run(items, token, caller, envelope), error -> GraphErrors.respond(error, envelope));
    }

    private static Result<List<Item>, GraphError> items(WebRequest envelope) {
        JsonNode requests;
        try {
            requests = Json.MAPPER.readTree(envelope.body()).path("requests");
        } catch (IOException e) {
            return Result.failure(badRequest("Unable to read JSON request payload."));
        }
        if (!requests.isArray() || requests.isEmpty()) {
            return Result.failure(badRequest("A batch needs at least one request."));
        }
        if (requests.size() > MAX_ITEMS) {
            return Result.failure(new GraphError(
                    400,
                    "MaximumValueExceeded",
                    "Number of batch request steps exceeds the maximum value of " + MAX_ITEMS + "."));
        }
        Map<String, Item> byId = new LinkedHashMap<>();
        for (JsonNode node : requests) {
            if (!node.path("id").isTextual()
                    || !node.path("method").isTextual()
                    || !node.path("url").isTextual()) {
                return Result.failure(badRequest("Every request of a batch needs id, method and url."));
            }
            Item item = item(node, envelope);
            if (byId.putIfAbsent(item.id(), item) != null) {
                return Result.failure(badRequest("Request id '" + item.id() + "' occurs more than once."));
            }
        }
        Optional<String> dangling = byId.values().stream()
                .flatMap(item -> item.dependsOn().stream())
                .filter(id -> !byId.containsKey(id))
                .findFirst();
        return dangling.isPresent()
                ? Result.failure(badRequest("A request depends on '" + dangling.get() + "', which is not there."))
                : Result.success(List.copyOf(byId.values()));
    }

    private static Item item(JsonNode node, WebRequest envelope) {
        String url = node.path("url").asText();
        int question = url.indexOf('?');
        String path = question < 0 ? url : url.substring(0, question);
        Map<String, String> headers = new HashMap<>();
        headers.put("host", envelope.headers().getOrDefault("host", "localhost"));
        node.path("headers")
                .properties()
                .forEach(header -> headers.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asText()));
        List<String> dependsOn = new ArrayList<>();
        node.path("dependsOn").forEach(id -> dependsOn.add(id.asText()));
        return new Item(
                node.path("id").asText(),
                dependsOn,
                new WebRequest(
                        node.path("method").asText().toUpperCase(Locale.ROOT),
                        GraphEndpoint.ROOT + (path.startsWith("/") ? path : "/" + path),
                        question < 0 ? null : url.substring(question + 1),
                        headers,
                        new byte[0]));
    }

    private WebResponse run(List<Item> items, AccessToken token, Caller caller, WebRequest envelope) {
        Map<String, WebResponse> responses = new LinkedHashMap<>();
        for (Item item : items) {
            boolean failed = item.dependsOn().stream()
                    .map(responses::get)
                    .anyMatch(earlier -> earlier == null || earlier.status() >= 400);
            String path = item.request().decodedPath().substring(GraphEndpoint.ROOT.length());
            responses.put(
                    item.id(),
                    failed
                            ? GraphErrors.respond(
                                    424, "FailedDependency", "A request that this one depends on failed.", envelope)
                            : traffic.pass(
                                    RequestKind.BATCH_ITEM,
                                    caller,
                                    path,
                                    item.request(),
                                    () -> reads.answer(token, path, item.request())));
        }
        List<Map.Entry<String, WebResponse>> order = new ArrayList<>(responses.entrySet());
        order.removeIf(entry -> entry.getValue().delivery().omitted());
        Collections.shuffle(order);
        byte[] body = Json.bytes(json -> write(json, order));
        return WebResponse.of(200, "application/json", body)
                .with("Cache-Control", "no-cache")
                .with("OData-Version", "4.0")
                .delivered(delivery(responses));
    }

    /** What happens to the connection of one item happens to the connection of all. */
    private static Delivery delivery(Map<String, WebResponse> responses) {
        List<Delivery> all =
                responses.values().stream().map(WebResponse::delivery).toList();
        return new Delivery(
                all.stream().mapToLong(Delivery::padding).sum(),
                all.stream().anyMatch(Delivery::truncated),
                all.stream().anyMatch(Delivery::dropped),
                false);
    }

    private static void write(JsonGenerator json, List<Map.Entry<String, WebResponse>> responses) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("responses");
        for (Map.Entry<String, WebResponse> entry : responses) {
            WebResponse response = entry.getValue();
            json.writeStartObject();
            json.writeStringField("id", entry.getKey());
            json.writeNumberField("status", response.status());
            json.writeObjectFieldStart("headers");
            for (Map.Entry<String, String> header : response.headers().entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeEndObject();
            writeBody(json, response);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** JSON as it is, anything else as base64. */
    private static void writeBody(JsonGenerator json, WebResponse response) throws IOException {
        if (response.body().length == 0) {
            return;
        }
        json.writeFieldName("body");
        if (response.isJson() || !response.headers().containsKey(WebResponse.CONTENT_TYPE)) {
            json.writeRawValue(new String(response.body(), StandardCharsets.UTF_8));
        } else {
            json.writeBinary(response.body());
        }
    }

    private static GraphError badRequest(String message) {
        return new GraphError(400, "BadRequest", message);
    }
}
