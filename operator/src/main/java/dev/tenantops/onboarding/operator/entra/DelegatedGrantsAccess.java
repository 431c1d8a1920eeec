package dev.tenantops.onboarding.operator.entra;

import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whether the verifier may read delegated permission grants. The grants of an application show it; before the first
 * consent there are none, and it would come to light only after it.
 */
final class DelegatedGrantsAccess {

    private final OptionalInt asked;

    /** Asks in the batch where no application was seen before. */
    DelegatedGrantsAccess(TenantQuery query, Batch batch) {
        var neverSeen = query.applications().stream()
                .allMatch(it -> it.lastServicePrincipalId().isEmpty());
        this.asked = neverSeen && !query.applications().isEmpty()
                ? OptionalInt.of(batch.add(GraphReads.anyDelegatedGrant()))
                : OptionalInt.empty();
    }

    /** Why they cannot be read, where no application shows it. */
    Optional<Failure> failure(
            GraphSession session,
            GraphTransport graph,
            Map<String, ApplicationObservation> applications,
            List<Reading<JsonBody>> answers) {
        if (applications.values().stream().anyMatch(DelegatedGrantsAccess::shows)) {
            return Optional.empty();
        }
        if (asked.isPresent()) {
            return failure(answers.get(asked.getAsInt()));
        }
        var batch = new Batch();
        if (!applications.isEmpty()) {
            batch.add(GraphReads.anyDelegatedGrant());
        }
        return batch.send(graph, session).stream()
                .flatMap(it -> failure(it).stream())
                .findFirst();
    }

    private static Optional<Failure> failure(Reading<JsonBody> answer) {
        return GraphCollections.page(GraphPart.DelegatedGrants, answer).ifFailed();
    }

    /** A replica that is behind shows nothing. */
    private static boolean shows(ApplicationObservation application) {
        return application.servicePrincipal().isPresent()
                && application
                        .delegatedGrants()
                        .ifFailed()
                        .filter(it -> it.reason() == Failure.Reason.ReplicaBehind)
                        .isEmpty();
    }
}
