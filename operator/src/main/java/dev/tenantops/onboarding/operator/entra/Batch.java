package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.Reading;
import java.util.ArrayList;
import java.util.List;

/** Reads that are gathered first and sent together. */
final class Batch {

    private final List<BatchItem> items = new ArrayList<>();

    /** @return where its answer will be */
    int add(BatchItem item) {
        items.add(item);
        return items.size() - 1;
    }

    List<BatchItem> items() {
        return items;
    }

    List<Reading<JsonBody>> send(GraphTransport graph, GraphSession session) {
        return graph.send(session, items);
    }
}
