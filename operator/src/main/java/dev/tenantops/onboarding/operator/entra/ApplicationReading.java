package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.entra.GraphRecords.DeletedItem;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DeletedServicePrincipal;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The applications of one reading. Their grants are read at once, under the object ids last seen; what was read under
 * an id that is not the application's any more is thrown away and read again. An application that is gone is looked for
 * in the recycle bin.
 */
final class ApplicationReading {

    private final TenantQuery query;
    private final Map<String, GrantReads> expected = new HashMap<>();

    /** Where the answers to the reads of one service principal's grants will be. */
    private record GrantReads(String servicePrincipalId, int appRoleAssignments, int delegatedGrants) {

        static GrantReads in(Batch batch, String servicePrincipalId) {
            return new GrantReads(
                    servicePrincipalId,
                    batch.add(GraphReads.appRoleAssignments(servicePrincipalId)),
                    batch.add(GraphReads.delegatedGrants(servicePrincipalId)));
        }
    }

    /** Adds the grants of applications seen before to the batch. */
    ApplicationReading(TenantQuery query, Batch batch) {
        this.query = query;
        for (ApplicationQuery application : query.applications()) {
            application
                    .lastServicePrincipalId()
                    .filter(Guid::matches)
                    .ifPresent(id -> expected.put(application.clientId(), GrantReads.in(batch, id)));
        }
    }

    /** @param present the service principals of the tenant by appId */
    Map<String, ApplicationObservation> applications(
            GraphSession session,
            GraphTransport graph,
            Map<String, ServicePrincipal> present,
            List<Reading<JsonBody>> answers) {
        var batch = new Batch();
        var moved = new HashMap<String, GrantReads>();
        for (ApplicationQuery application : query.applications()) {
            var principal = present.get(application.clientId());
            if (principal != null && !expects(principal)) {
                moved.put(application.clientId(), GrantReads.in(batch, principal.id()));
            }
        }
        var gone = new HashMap<String, Integer>();
        expected.keySet().stream()
                .filter(it -> !present.containsKey(it))
                .forEach(it -> gone.put(it, batch.add(GraphReads.deletedServicePrincipals(it))));
        var later = batch.send(graph, session);
        var collections = new GraphCollections(graph, session);
        var grants = new DelegatedGrantsReading(graph, session, collections);
        var applications = new HashMap<String, ApplicationObservation>();
        for (ApplicationQuery application : query.applications()) {
            var clientId = application.clientId();
            var principal = present.get(clientId);
            var read = moved.get(clientId);
            if (principal == null) {
                applications.put(
                        clientId,
                        ApplicationObservation.absent(Optional.ofNullable(gone.get(clientId))
                                .flatMap(item -> deleted(clientId, collections, later.get(item)))));
            } else if (read != null) {
                applications.put(clientId, observation(principal, collections, grants, read, later));
            } else {
                applications.put(
                        clientId, observation(principal, collections, grants, expected.get(clientId), answers));
            }
        }
        return Map.copyOf(applications);
    }

    private boolean expects(ServicePrincipal principal) {
        var reads = expected.get(principal.appId());
        return reads != null && reads.servicePrincipalId().equalsIgnoreCase(principal.id());
    }

    /** What the recycle bin says explains an absence and proves nothing, so a failure to read it is none to report. */
    private static Optional<DeletedServicePrincipal> deleted(
            String clientId, GraphCollections collections, Reading<JsonBody> answer) {
        return collections.all(GraphPart.RecycleBin, answer, GraphRecords::deletedItem).ifComplete().stream()
                .flatMap(List::stream)
                .filter(it -> it.appId().equalsIgnoreCase(clientId))
                .map(DeletedItem::servicePrincipal)
                .max(Comparator.comparing(DeletedServicePrincipal::at));
    }

    private static ApplicationObservation observation(
            ServicePrincipal principal,
            GraphCollections collections,
            DelegatedGrantsReading grants,
            GrantReads reads,
            List<Reading<JsonBody>> answers) {
        return new ApplicationObservation(
                Optional.of(principal),
                collections.all(
                        GraphPart.AppRoleAssignments,
                        answers.get(reads.appRoleAssignments()),
                        GraphEntries::appRoleAssignment),
                grants.read(reads.servicePrincipalId(), answers.get(reads.delegatedGrants())),
                Optional.empty());
    }
}
