package dev.tenantops.onboarding.operator.entra;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads one tenant: in one batch where everything is as it was last seen, in two otherwise; in one more where something
 * is granted on an API that is not known yet.
 */
final class TenantReader {

    private final GraphTransport graph;
    private final DefinitionCache definitions;
    private final ExpensiveReadings expensive;
    private final Cache<CloudEndpoints, Boolean> withoutIsDisabled;
    private final OtherResourceReading others;

    /** @param patience for how long a reading waits for others that take much memory */
    TenantReader(GraphTransport graph, Duration definitionsTimeToLive, Duration patience, Ticker ticker) {
        this.graph = graph;
        this.expensive = new ExpensiveReadings(patience);
        this.definitions = new DefinitionCache(definitionsTimeToLive, ticker);
        this.withoutIsDisabled = Caffeine.newBuilder()
                .expireAfterWrite(definitionsTimeToLive)
                .ticker(ticker)
                .build();
        this.others = new OtherResourceReading(graph, expensive, definitionsTimeToLive, ticker);
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
        var withIsDisabled = withoutIsDisabled.getIfPresent(query.cloud()) == null;
        var batch = new Batch();
        var lookups = lookups(query, withIsDisabled, batch);
        var applications = new ApplicationReading(query, batch);
        var resources = new ResourceReading(query, definitions, batch);
        var access = new DelegatedGrantsAccess(query, batch);
        var answers = batch.send(graph, session);
        if (withIsDisabled && session.isDisabledUnknown()) {
            // Microsoft's clouds get new properties one after the other.
            withoutIsDisabled.put(query.cloud(), true);
            return readNow(session, query, readAt, known);
        }
        Supplier<TenantObservation> observation =
                () -> observation(session, readAt, answers, lookups, applications, resources, access);
        var fingerprint = Fingerprints.of(batch.items(), answers, resources.known());
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
            List<Integer> lookups,
            ApplicationReading applications,
            ResourceReading resources,
            DelegatedGrantsAccess access) {
        return switch (servicePrincipals(session, answers, lookups)) {
            case Reading.Failed<Map<String, ServicePrincipal>>(Failure failure) ->
                TenantObservation.failed(readAt, failure);
            case Reading.Complete<Map<String, ServicePrincipal>>(var present) -> {
                var observed = applications.applications(session, graph, present, answers);
                yield new TenantObservation(
                        readAt,
                        Reading.of(observed),
                        Reading.of(resources.resources(present, answers)),
                        Map.of(),
                        access.failure(session, graph, observed, answers));
            }
        };
    }

    private static List<Integer> lookups(TenantQuery query, boolean withIsDisabled, Batch batch) {
        var wanted = new LinkedHashSet<String>();
        query.applications().forEach(application -> wanted.add(application.clientId()));
        wanted.addAll(query.resources());
        var appIds = List.copyOf(wanted);
        var lookups = new ArrayList<Integer>();
        for (int start = 0; start < appIds.size(); start += GraphReads.MOST_APP_IDS) {
            var some = appIds.subList(start, Math.min(appIds.size(), start + GraphReads.MOST_APP_IDS));
            lookups.add(batch.add(GraphReads.servicePrincipals(some, withIsDisabled)));
        }
        return lookups;
    }

    private Reading<Map<String, ServicePrincipal>> servicePrincipals(
            GraphSession session, List<Reading<JsonBody>> answers, List<Integer> lookups) {
        var collections = new GraphCollections(graph, session);
        var present = new HashMap<String, ServicePrincipal>();
        for (int lookup : lookups) {
            var found =
                    collections.all(GraphPart.ServicePrincipals, answers.get(lookup), GraphEntries::servicePrincipal);
            if (!(found instanceof Reading.Complete<List<ServicePrincipal>>(var some))) {
                return Reading.failed(found.ifFailed().orElseThrow());
            }
            some.forEach(it -> present.put(it.appId(), it));
        }
        return Reading.of(present);
    }
}
