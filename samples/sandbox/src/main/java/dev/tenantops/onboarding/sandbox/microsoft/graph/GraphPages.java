package dev.tenantops.onboarding.sandbox.microsoft.graph;

import dev.tenantops.onboarding.sandbox.microsoft.directory.Behaviour;
import dev.tenantops.onboarding.sandbox.microsoft.error.GraphError;
import dev.tenantops.onboarding.sandbox.microsoft.error.Result;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Collections and single entities as Graph answers with them. */
final class GraphPages {

    private static final int DEFAULT_PAGE_SIZE = 100;
    private static final String TOKEN_PREFIX = "RFNwdAIAAQ:";

    private final Behaviour behaviour;

    GraphPages(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    /** The entities that a query asks for, all of them. */
    static <T> Result<List<T>, GraphError> matching(EntityType<T> type, List<T> entities, GraphQuery query) {
        Optional<String> unknown = type.unknownMember(query.select());
        if (unknown.isPresent()) {
            return Result.failure(new GraphError(
                    400,
                    "BadRequest",
                    "Parsing OData Select and Expand failed: Could not find a property named '" + unknown.get()
                            + "' on type 'microsoft.graph." + type.name() + "'."));
        }
        if (query.filter().isEmpty()) {
            return Result.success(entities);
        }
        Result<Predicate<T>, GraphError> filter =
                GraphFilter.parse(query.filter().get()).then(parsed -> parsed.on(type));
        return filter.then(
                matches -> Result.success(entities.stream().filter(matches).toList()));
    }

    int pageSize(GraphQuery query) {
        return Math.min(query.top().orElse(DEFAULT_PAGE_SIZE), behaviour.pageSize());
    }

    /** A page of the matching entities. Pages go by id, so that changes in between neither repeat nor hide others. */
    <T> Result<WebResponse, GraphError> page(
            EntityType<T> type, List<T> entities, GraphQuery query, WebRequest request) {
        return matching(type, entities, query).then(matching -> {
            Optional<String> after = query.skipToken().map(GraphPages::decode);
            if (after.isPresent() && after.get().isEmpty()) {
                return Result.failure(new GraphError(
                        400,
                        "Directory_ExpiredPageToken",
                        "The specified page token value has expired and can no longer be included in your request."));
            }
            List<T> rest = matching.stream()
                    .filter(entity -> after.isEmpty() || type.id().apply(entity).compareTo(after.get()) > 0)
                    .sorted(Comparator.comparing(type.id()))
                    .toList();
            List<T> page = rest.subList(0, Math.min(pageSize(query), rest.size()));
            String nextLink = page.size() == rest.size()
                    ? null
                    : query.link(request, "$skiptoken", encode(type.id().apply(page.getLast())));
            return Result.success(write(type, page, query, nextLink, request));
        });
    }

    static <T> Result<WebResponse, GraphError> single(
            EntityType<T> type, T entity, GraphQuery query, WebRequest request) {
        return matching(type, List.of(entity), query)
                .then(selectable -> Result.success(WebResponse.of(200, WebResponse.ODATA_JSON, Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("@odata.context", context(type, query, request) + "/$entity");
                    type.writeMembers(json, entity, query.select());
                    json.writeEndObject();
                }))));
    }

    /** An entity of the collection {@code directoryObjects}, where it says what it is. */
    static <T> Result<WebResponse, GraphError> directoryObject(
            EntityType<T> type, T entity, GraphQuery query, WebRequest request) {
        return matching(type, List.of(entity), query)
                .then(selectable -> Result.success(WebResponse.of(200, WebResponse.ODATA_JSON, Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("@odata.context", context("directoryObjects", query, request) + "/$entity");
                    json.writeStringField("@odata.type", "#microsoft.graph." + type.name());
                    type.writeMembers(json, entity, query.select());
                    json.writeEndObject();
                }))));
    }

    static <T> String context(EntityType<T> type, GraphQuery query, WebRequest request) {
        return context(type.setName(), query, request);
    }

    private static String context(String setName, GraphQuery query, WebRequest request) {
        return request.origin() + "/v1.0/$metadata#" + setName
                + (query.select().isEmpty() ? "" : "(" + String.join(",", query.select()) + ")");
    }

    private static <T> WebResponse write(
            EntityType<T> type, List<T> page, GraphQuery query, String nextLink, WebRequest request) {
        return WebResponse.of(200, WebResponse.ODATA_JSON, Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("@odata.context", context(type, query, request));
            if (nextLink != null) {
                json.writeStringField("@odata.nextLink", nextLink);
            }
            json.writeArrayFieldStart("value");
            for (T entity : page) {
                type.write(json, entity, query.select());
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }

    private static String encode(String id) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((TOKEN_PREFIX + id).getBytes(StandardCharsets.UTF_8));
    }

    /** @return the id, or the empty text for what is none of our tokens */
    private static String decode(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            return text.startsWith(TOKEN_PREFIX) ? text.substring(TOKEN_PREFIX.length()) : "";
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
