package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.entra.GraphRecords.DeletedItem;
import dev.tenantops.onboarding.operator.entra.RegistrationRecords.Registered;
import dev.tenantops.onboarding.operator.observe.PublisherObservation.Seen;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The registrations of one publisher. Only what is not there is looked for in the recycle bin. */
final class RegistrationReading {

    private final GraphTransport graph;
    private final GraphSession session;
    private final GraphCollections collections;

    RegistrationReading(GraphTransport graph, GraphSession session) {
        this.graph = graph;
        this.session = session;
        this.collections = new GraphCollections(graph, session);
    }

    Reading<Map<String, Seen>> read(List<String> clientIds) {
        var batch = new Batch();
        var lookUps = new ArrayList<Integer>();
        for (int start = 0; start < clientIds.size(); start += GraphReads.MOST_APP_IDS) {
            lookUps.add(batch.add(GraphReads.registrations(
                    clientIds.subList(start, Math.min(clientIds.size(), start + GraphReads.MOST_APP_IDS)))));
        }
        var answers = batch.send(graph, session);
        var seen = new HashMap<String, Seen>();
        for (int lookUp : lookUps) {
            var found =
                    collections.all(GraphPart.Registrations, answers.get(lookUp), RegistrationRecords::registration);
            if (!(found instanceof Reading.Complete<List<Registered>>(var some))) {
                return Reading.failed(found.ifFailed().orElseThrow());
            }
            some.forEach(it -> seen.put(it.clientId(), it.seen()));
        }
        return seen.keySet().containsAll(clientIds) ? Reading.of(only(clientIds, seen)) : withDeleted(clientIds, seen);
    }

    private Reading<Map<String, Seen>> withDeleted(List<String> clientIds, Map<String, Seen> seen) {
        var answer =
                graph.send(session, List.of(GraphReads.deletedRegistrations())).getFirst();
        var bin = collections.all(GraphPart.DeletedRegistrations, answer, GraphRecords::deletedItem);
        if (!(bin instanceof Reading.Complete<List<DeletedItem>>(var deleted))) {
            return Reading.failed(bin.ifFailed().orElseThrow());
        }
        deleted.forEach(it -> seen.putIfAbsent(
                it.appId(), new Seen.Deleted(it.servicePrincipal().at())));
        clientIds.forEach(it -> seen.putIfAbsent(it, new Seen.Absent()));
        return Reading.of(only(clientIds, seen));
    }

    private static Map<String, Seen> only(List<String> clientIds, Map<String, Seen> seen) {
        var wanted = new HashMap<>(seen);
        wanted.keySet().retainAll(clientIds);
        return Map.copyOf(wanted);
    }
}
