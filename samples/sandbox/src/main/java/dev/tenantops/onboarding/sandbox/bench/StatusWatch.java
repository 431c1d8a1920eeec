package dev.tenantops.onboarding.sandbox.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * When which onboarding got a Ready condition. It asks the API server for the columns that kubectl shows, and for nothing
 * else of the objects, since whatever a watch costs is taken from the operator's machine.
 */
final class StatusWatch implements AutoCloseable {

    private static final String RESOURCE = "/apis/onboarding.tenantops.dev/v1alpha1/tenantonboardings";
    private static final String TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private final LongAdder events = new LongAdder();
    private final BufferedReader stream;
    private final int nameColumn;
    private final int readyColumn;
    private volatile IOException failure;
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
        try {
            JsonNode list;
            try (BufferedReader answer = server.open(RESOURCE + "?limit=1&includeObject=None", TABLE)) {
                list = JSON.readTree(answer);
            }
            List<String> columns = new ArrayList<>();
            list.path("columnDefinitions")
                    .forEach(it -> columns.add(it.path("name").asText()));
            nameColumn = columns.indexOf("Name");
            readyColumn = columns.indexOf("Ready");
            String version = list.at("/metadata/resourceVersion").asText();
            stream = server.open(RESOURCE + "?watch=1&includeObject=None&resourceVersion=" + version, TABLE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.start("status-watch", this::read);
    }

    /** How many have had a Ready condition since the watch began. */
    int judged() {
        check();
        return seen.size();
    }

    /** How many were Ready when they were seen last. */
    long ready() {
        return seen.values().stream().filter(it -> it.ready().equals("True")).count();
    }

    Optional<Seen> find(String name) {
        check();
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

    /** How many changes of any onboarding were reported. */
    long events() {
        return events.sum();
    }

    /** What is open ends with the API server: a read that waits cannot be interrupted. */
    @Override
    public void close() {
        closed = true;
    }

    private void check() {
        if (failure != null) {
            throw new UncheckedIOException("the watch of the bench ended", failure);
        }
    }

    private void read() {
        try {
            for (String line = stream.readLine(); line != null; line = stream.readLine()) {
                note(JSON.readTree(line).path("object").path("rows").path(0).path("cells"), System.nanoTime());
            }
            throw new IOException("the API server closed it");
        } catch (IOException e) {
            if (!closed) {
                failure = e;
            }
        }
    }

    private void note(JsonNode cells, long now) {
        events.increment();
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
