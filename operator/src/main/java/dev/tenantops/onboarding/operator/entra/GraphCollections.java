package dev.tenantops.onboarding.operator.entra;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes records of answers: of single objects, and of collections with all their pages. */
final class GraphCollections {

    /** At 999 entries a page, more than any tenant has of what is read here. */
    private static final int MOST_PAGES = 100;

    private final GraphTransport graph;
    private final GraphSession session;

    /** Makes a record of an entry that is being read. */
    interface Entry<T> {

        /**
         * @param json at the entry's first token; at its last one afterwards
         * @throws IOException for what is no such entry
         * @throws RuntimeException for one that lacks what was selected
         */
        T read(JsonParser json) throws IOException;
    }

    /**
     * What stands on one page.
     *
     * @param next where the page after it is
     */
    record Page<T>(List<T> entries, Optional<String> next) {}

    GraphCollections(GraphTransport graph, GraphSession session) {
        this.graph = graph;
        this.session = session;
    }

    /** Reads a collection to its end, from its first page on. */
    <T> Reading<List<T>> all(GraphPart part, Reading<JsonBody> firstPage, Entry<T> entry) {
        var all = new ArrayList<T>();
        var answer = firstPage;
        for (int pages = 1; pages <= MOST_PAGES; pages++) {
            var page = page(part, answer, entry);
            if (!(page instanceof Reading.Complete<Page<T>>(Page<T>(List<T> entries, Optional<String> next)))) {
                return Reading.failed(page.ifFailed().orElseThrow());
            }
            all.addAll(entries);
            if (next.isEmpty()) {
                return Reading.of(List.copyOf(all));
            }
            answer = graph.page(session, part, next.get());
        }
        return Reading.failed(Failure.of(
                Reason.GraphUnavailable,
                "Microsoft Graph has more than " + MOST_PAGES + " pages of " + part.title() + ", which are not read.",
                "Report it to the operator's maintainers."));
    }

    /** Reads one page of a collection, and says where the next is. */
    static <T> Reading<Page<T>> page(GraphPart part, Reading<JsonBody> answer, Entry<T> entry) {
        if (!(answer instanceof Reading.Complete<JsonBody>(JsonBody body))) {
            return Reading.failed(answer.ifFailed().orElseThrow());
        }
        try {
            return Reading.of(page(body, entry));
        } catch (IOException | RuntimeException e) {
            return incomplete(part);
        }
    }

    /** One page of a collection, whatever is on it. */
    static Reading<JsonBody> page(GraphPart part, Reading<JsonBody> answer) {
        return switch (one(part, answer, GraphCollections::isPage)) {
            case Reading.Failed<Boolean>(Failure failure) -> Reading.failed(failure);
            case Reading.Complete<Boolean>(Boolean isPage) -> isPage ? answer : incomplete(part);
        };
    }

    /** Reads a single object. */
    static <T> Reading<T> one(GraphPart part, Reading<JsonBody> answer, Entry<T> entry) {
        if (!(answer instanceof Reading.Complete<JsonBody>(JsonBody body))) {
            return Reading.failed(answer.ifFailed().orElseThrow());
        }
        try (var json = body.stream()) {
            json.nextToken();
            return Reading.of(entry.read(json));
        } catch (IOException | RuntimeException e) {
            return incomplete(part);
        }
    }

    private static boolean isPage(JsonParser json) throws IOException {
        var found = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            found |= json.nextToken() == JsonToken.START_ARRAY && name.equals("value");
            json.skipChildren();
        }
        return found;
    }

    private static <T> Page<T> page(JsonBody page, Entry<T> entry) throws IOException {
        var entries = new ArrayList<T>();
        var complete = false;
        Optional<String> next = Optional.empty();
        try (var json = page.stream()) {
            JsonBody.requireObject(json);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                var value = json.nextToken();
                if (name.equals("value")) {
                    if (complete || value != JsonToken.START_ARRAY) {
                        throw new UselessAnswerException("not one list of entries");
                    }
                    while (json.nextToken() != JsonToken.END_ARRAY) {
                        entries.add(entry.read(json));
                    }
                    complete = true;
                } else if (name.equals("@odata.nextLink") && value != JsonToken.VALUE_NULL) {
                    if (next.isPresent() || value != JsonToken.VALUE_STRING) {
                        throw new UselessAnswerException("not one link to the next page");
                    }
                    next = Optional.of(json.getText());
                } else {
                    json.skipChildren();
                }
            }
        }
        if (!complete) {
            throw new UselessAnswerException("no list of entries");
        }
        return new Page<>(entries, next);
    }

    private static <T> Reading<T> incomplete(GraphPart part) {
        return Reading.failed(Failure.of(
                Reason.GraphUnavailable,
                "Microsoft Graph's answer lacks what was asked of " + part.title()
                        + ". That proves nothing about the tenant.",
                "The next check asks again."));
    }
}
