package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.entra.GraphCollections.Page;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import java.util.List;
import java.util.stream.Stream;

/**
 * The delegated permission grants of applications. What users granted for themselves may be a grant for each user of a
 * tenant, and none of it counts. So it is read as far as the first page goes, which tells that there is such a thing; where
 * that is not all, what was granted to the whole organization is asked for by itself, to its end.
 */
final class DelegatedGrantsReading {

    private final GraphTransport graph;
    private final GraphSession session;
    private final GraphCollections collections;

    DelegatedGrantsReading(GraphTransport graph, GraphSession session, GraphCollections collections) {
        this.graph = graph;
        this.session = session;
        this.collections = collections;
    }

    /** @param firstPage of all grants of the service principal */
    Reading<List<DelegatedPermissionGrant>> read(String servicePrincipalId, Reading<JsonBody> firstPage) {
        return switch (GraphCollections.page(
                GraphPart.DelegatedGrants, firstPage, GraphEntries::delegatedPermissionGrant)) {
            case Reading.Failed<Page<DelegatedPermissionGrant>>(Failure failure) -> Reading.failed(failure);
            case Reading.Complete<Page<DelegatedPermissionGrant>>(var page) ->
                page.next().isEmpty()
                        ? Reading.of(List.copyOf(page.entries()))
                        : complete(servicePrincipalId, firstPage, page.entries());
        };
    }

    private Reading<List<DelegatedPermissionGrant>> complete(
            String servicePrincipalId, Reading<JsonBody> firstPage, List<DelegatedPermissionGrant> some) {
        var tenantWide = all(graph.send(session, List.of(GraphReads.tenantWideGrants(servicePrincipalId)))
                .getFirst());
        return switch (tenantWide) {
            // A cloud that does not take the filter has all of it read, as far as that is bounded.
            case Reading.Failed<List<DelegatedPermissionGrant>>(Failure failure) ->
                answered(failure) ? all(firstPage) : tenantWide;
            case Reading.Complete<List<DelegatedPermissionGrant>>(var grants) ->
                Reading.of(Stream.concat(grants.stream(), some.stream().filter(it -> !it.tenantWide()))
                        .distinct()
                        .toList());
        };
    }

    private Reading<List<DelegatedPermissionGrant>> all(Reading<JsonBody> firstPage) {
        return collections.all(GraphPart.DelegatedGrants, firstPage, GraphEntries::delegatedPermissionGrant);
    }

    /** Whether the service had something against this very request. */
    private static boolean answered(Failure failure) {
        return failure.reason() == Failure.Reason.GraphUnavailable
                && failure.unreached().isEmpty()
                && !failure.untried();
    }
}
