package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** The service principals of one reading, those of the applications and those of the resource APIs. */
final class PrincipalReading {

    private final TenantQuery query;
    private final DeactivationSupport deactivation;
    private final boolean asksForDeactivation;
    private final List<Integer> asked;

    /** Adds the look-ups to the batch. */
    PrincipalReading(TenantQuery query, DeactivationSupport deactivation, Batch batch) {
        this.query = query;
        this.deactivation = deactivation;
        this.asksForDeactivation = deactivation.isToBeAskedFor(query.cloud());
        this.asked = lookUps(asksForDeactivation, batch);
    }

    /** By appId. */
    Reading<Map<String, ServicePrincipal>> principals(
            GraphSession session, GraphTransport graph, List<Reading<JsonBody>> answers) {
        if (asksForDeactivation && session.refusalsOfIsDisabled() > 0) {
            return askedAnew(session, graph);
        }
        var found = principals(session, graph, answers, asked);
        if (asksForDeactivation && found instanceof Reading.Complete) {
            deactivation.known(query.cloud());
        }
        return found;
    }

    /**
     * Anything may answer that it does not like a property. A cloud is believed not to have it where it answers without it
     * and refuses it again right after.
     */
    private Reading<Map<String, ServicePrincipal>> askedAnew(GraphSession session, GraphTransport graph) {
        var without = askedAnew(session, graph, false);
        if (!(without instanceof Reading.Complete)) {
            return without;
        }
        var refusals = session.refusalsOfIsDisabled();
        var again = askedAnew(session, graph, true);
        if (session.refusalsOfIsDisabled() > refusals) {
            deactivation.unknown(query.cloud());
            return without;
        }
        if (again instanceof Reading.Complete) {
            deactivation.known(query.cloud());
        }
        return again;
    }

    private Reading<Map<String, ServicePrincipal>> askedAnew(
            GraphSession session, GraphTransport graph, boolean withIsDisabled) {
        var batch = new Batch();
        var lookUps = lookUps(withIsDisabled, batch);
        return principals(session, graph, batch.send(graph, session), lookUps);
    }

    private List<Integer> lookUps(boolean withIsDisabled, Batch batch) {
        var wanted = new LinkedHashSet<String>();
        query.applications().forEach(application -> wanted.add(application.clientId()));
        wanted.addAll(query.resources());
        var appIds = List.copyOf(wanted);
        var lookUps = new ArrayList<Integer>();
        for (int start = 0; start < appIds.size(); start += GraphReads.MOST_APP_IDS) {
            var some = appIds.subList(start, Math.min(appIds.size(), start + GraphReads.MOST_APP_IDS));
            lookUps.add(batch.add(GraphReads.servicePrincipals(some, withIsDisabled)));
        }
        return lookUps;
    }

    private static Reading<Map<String, ServicePrincipal>> principals(
            GraphSession session, GraphTransport graph, List<Reading<JsonBody>> answers, List<Integer> lookUps) {
        var collections = new GraphCollections(graph, session);
        var present = new HashMap<String, ServicePrincipal>();
        for (int lookUp : lookUps) {
            var found =
                    collections.all(GraphPart.ServicePrincipals, answers.get(lookUp), GraphEntries::servicePrincipal);
            if (!(found instanceof Reading.Complete<List<ServicePrincipal>>(var some))) {
                return Reading.failed(found.ifFailed().orElseThrow());
            }
            some.forEach(it -> present.put(it.appId(), it));
        }
        return Reading.of(present);
    }
}
