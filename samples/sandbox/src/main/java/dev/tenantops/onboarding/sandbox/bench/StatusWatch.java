package dev.tenantops.onboarding.sandbox.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * When which onboarding got a Ready condition. It asks the API server for the columns that kubectl shows, and for nothing
 * else of the objects, since whatever a watch costs is taken from the operator's machine.
 */
final class StatusWatch implements AutoCloseable {

    private static final String RESOURCE = "/apis/onboarding.tenantops.dev/v1alpha1/tenantonboardings";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ApiServerReader server;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final int nameColumn;
    private final int readyColumn;
    private volatile boolean closed;

    /**
     * An onboarding as it was seen last.
     *
     * @param ready the status of its Ready condition
     * @param first when that condition was seen first, of {@link System#nanoTime}
     * @param since when it got this status
     */
    record Seen(String ready, long first, long since) {}

    StatusWatch(ApiServerReader server, HarnessThreads threads) {
        this.server = server;
        try {
            JsonNode table = table("?limit=1&includeObject=None");
            List<String> columns = new ArrayList<>();
            table.path("columnDefinitions")
                    .forEach(it -> columns.add(it.path("name").asText()));
            nameColumn = columns.indexOf("Name");
            readyColumn = columns.indexOf("Ready");
            BufferedReader stream = watchFrom(table);
            threads.start("status-watch", () -> read(stream));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many have had a Ready condition since the watch began. */
    int judged() {
        return seen.size();
    }

    /** How many were Ready when they were seen last. */
    long ready() {
        return seen.values().stream().filter(it -> it.ready().equals("True")).count();
    }

    Optional<Seen> find(String name) {
        return Optional.ofNullable(seen.get(name));
    }

    /** When the first of all that were judged since then was; of {@link System#nanoTime}. */
    Optional<Long> firstJudgedAfter(long nanos) {
        return seen.values().stream()
                .map(Seen::first)
                .filter(it -> it - nanos > 0)
                .min(Long::compare);
    }

    /** When the last of all was judged for the first time. */
    long lastJudged() {
        return seen.values().stream().mapToLong(Seen::first).max().orElseThrow();
    }

    /** What is open ends with the API server: a read that waits cannot be interrupted. */
    @Override
    public void close() {
        closed = true;
    }

    private JsonNode table(String query) throws IOException {
        try (BufferedReader answer = server.open(RESOURCE + query, TABLE)) {
            return JSON.readTree(answer);
        }
    }

    private BufferedReader watchFrom(JsonNode table) throws IOException {
        return server.open(
                RESOURCE + "?watch=1&includeObject=None&resourceVersion="
                        + table.at("/metadata/resourceVersion").asText(),
                TABLE);
    }

    private void read(BufferedReader first) {
        BufferedReader stream = first;
        while (!closed) {
            try {
                String line = stream.readLine();
                if (line == null) {
                    stream = again();
                } else {
                    noteRows(JSON.readTree(line).path("object"));
                }
            } catch (IOException e) {
                stream = new BufferedReader(Reader.nullReader());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    /** An API server that has too much to do drops watches. */
    private BufferedReader again() throws IOException {
        JsonNode table = table("?includeObject=None&resourceVersion=0");
        noteRows(table);
        return watchFrom(table);
    }

    private void noteRows(JsonNode table) {
        long now = System.nanoTime();
        table.path("rows").forEach(it -> note(it.path("cells"), now));
    }

    private void note(JsonNode cells, long now) {
        String ready = cells.path(readyColumn).asText("");
        if (!ready.isEmpty() && !ready.equals("null") && !ready.equals("<none>")) {
            seen.compute(
                    cells.path(nameColumn).asText(),
                    (_, before) -> new Seen(
                            ready,
                            before == null ? now : before.first(),
                            before != null && before.ready().equals(ready) ? before.since() : now));
        }
    }
}
