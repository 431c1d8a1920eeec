package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.ExpensiveReadings.Admission;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantReading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Reads one tenant: in one batch where everything is as it was last seen, in two otherwise; in one more where something
 * is granted on an API that is not known yet.
 */
final class TenantReader {

    private final GraphTransport graph;
    private final DefinitionCache definitions;
    private final ExpensiveReadings expensive;
    private final DeactivationSupport deactivation;
    private final OtherResourceReading others;
    private final OrganizationNames names;

    /** @param patience for how long a reading waits for others that take much memory */
    TenantReader(GraphTransport graph, Duration definitionsTimeToLive, Duration patience, Ticker ticker) {
        this.graph = graph;
        this.expensive = new ExpensiveReadings(patience);
        this.definitions = new DefinitionCache(definitionsTimeToLive, ticker);
        this.deactivation = new DeactivationSupport(ticker);
        this.others = new OtherResourceReading(graph, expensive, definitionsTimeToLive, ticker);
        this.names =
                new OrganizationNames(ticker, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** Whether Microsoft Graph in a cloud tells, for all that is known, whether a publisher deactivated an application. */
    boolean showsDeactivation(CloudEndpoints cloud) {
        return deactivation.isShown(cloud);
    }

    TenantReading read(GraphSession session, TenantQuery query, Instant readAt, Optional<Fingerprint> known) {
        return switch (readAskedFor(session, query, readAt, known)) {
            case TenantReading.Unchanged unchanged -> unchanged;
            case TenantReading.Fresh(TenantObservation seen, Optional<Fingerprint> fingerprint) ->
                new TenantReading.Fresh(
                        seen.with(others.read(session, query, seen)),
                        // What they are called is remembered for a time.
                        fingerprint.filter(_ -> seen.grantedElsewhere().isEmpty()));
        };
    }

    /** After a restart many tenants ask for the same definitions at once; most then find them read. */
    private TenantReading readAskedFor(
            GraphSession session, TenantQuery query, Instant readAt, Optional<Fingerprint> known) {
        if (!definitions.isExpensive(query)) {
            return readNow(session, query, readAt, known);
        }
        return switch (expensive.enter(query.cloud(), () -> !definitions.isExpensive(query))) {
            case Admission.Needless() -> readNow(session, query, readAt, known);
            case Admission.Refused(Failure failure) -> failed(readAt, failure);
            case ExpensiveReadings.Turn turn -> {
                try (turn) {
                    var seen = readNow(session, query, readAt, known);
                    session.unanswered().ifPresent(turn::failed);
                    yield seen;
                }
            }
        };
    }

    private TenantReading readNow(
            GraphSession session, TenantQuery query, Instant readAt, Optional<Fingerprint> known) {
        var batch = new Batch();
        var principals = new PrincipalReading(query, deactivation, batch);
        var applications = new ApplicationReading(query, batch);
        var resources = new ResourceReading(query, definitions, batch);
        var access = new DelegatedGrantsAccess(query, batch);
        // The last, so that the rest is the same on each day.
        var items = List.copyOf(batch.items());
        var naming = names.isDue(query);
        if (naming) {
            batch.add(GraphReads.organization());
        }
        var answers = batch.send(graph, session);
        if (naming) {
            names.answered(query, answers.getFirst(), answers.getLast());
        }
        Supplier<TenantObservation> observation =
                () -> observation(session, readAt, answers, principals, applications, resources, access)
                        .named(names.known(query));
        var fingerprint = Fingerprints.of(items, answers, resources.known());
        if (known.isPresent() && known.equals(fingerprint)) {
            return new TenantReading.Unchanged(known.get(), observation);
        }
        var requests = session.requests();
        var seen = observation.get();
        return new TenantReading.Fresh(seen, fingerprint.filter(_ -> session.requests() == requests));
    }

    private static TenantReading failed(Instant readAt, Failure failure) {
        return new TenantReading.Fresh(TenantObservation.failed(readAt, failure), Optional.empty());
    }

    private TenantObservation observation(
            GraphSession session,
            Instant readAt,
            List<Reading<JsonBody>> answers,
            PrincipalReading principals,
            ApplicationReading applications,
            ResourceReading resources,
            DelegatedGrantsAccess access) {
        return switch (principals.principals(session, graph, answers)) {
            case Reading.Failed<Map<String, ServicePrincipal>>(Failure failure) ->
                TenantObservation.failed(readAt, failure);
            case Reading.Complete<Map<String, ServicePrincipal>>(var present) -> {
                var observed = applications.applications(session, graph, present, answers);
                yield new TenantObservation(
                        readAt,
                        Reading.of(observed),
                        Reading.of(resources.resources(present, answers)),
                        Map.of(),
                        access.failure(session, graph, observed, answers),
                        Optional.empty());
            }
        };
    }
}
