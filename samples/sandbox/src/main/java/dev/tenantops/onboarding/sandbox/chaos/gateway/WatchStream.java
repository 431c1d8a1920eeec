package dev.tenantops.onboarding.sandbox.chaos.gateway;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** The events of one watch on their way to a replica. Thread-safe. */
final class WatchStream {

    private static final String BOOKMARK = "\"type\":\"BOOKMARK\"";
    private static final String GONE = "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\","
            + "\"metadata\":{},\"status\":\"Failure\",\"message\":\"too old resource version: 1 (2)\","
            + "\"reason\":\"Expired\",\"code\":410}}";

    private final ApiRequest request;
    private final Consumer<String> replica;
    private final Runnable close;
    private final Deque<String> held = new ArrayDeque<>();
    private boolean holding;
    private boolean withoutBookmarks;

    /**
     * @param request the watch
     * @param replica takes events
     * @param close ends both sides
     */
    WatchStream(ApiRequest request, Consumer<String> replica, Runnable close) {
        this.request = request;
        this.replica = replica;
        this.close = close;
    }

    ApiRequest request() {
        return request;
    }

    /** An event came from the API server. */
    synchronized void event(String json) {
        if (withoutBookmarks && json.contains(BOOKMARK)) {
            return;
        }
        if (holding) {
            held.add(json);
        } else {
            replica.accept(json);
        }
    }

    /** Whether events wait; those that waited are delivered when they no longer have to. */
    synchronized void hold(boolean hold) {
        holding = hold;
        while (!holding && !held.isEmpty()) {
            replica.accept(held.removeFirst());
        }
    }

    synchronized void withoutBookmarks(boolean without) {
        withoutBookmarks = without;
    }

    /** Tells the replica that it was away for too long, and ends the watch. */
    synchronized void expire() {
        replica.accept(GONE);
        close.run();
    }

    /** Ends the watch without a word. */
    void cut() {
        close.run();
    }
}
