package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.desired.CloudName;
import dev.tenantops.onboarding.operator.desired.Clouds;
import dev.tenantops.onboarding.operator.desired.DesiredPermission;
import dev.tenantops.onboarding.operator.desired.DesiredRegistration;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.PublisherDirectory;
import dev.tenantops.onboarding.operator.observe.PublisherObservation;
import dev.tenantops.onboarding.operator.observe.PublisherQuery;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.report.FailureLog;
import dev.tenantops.onboarding.operator.status.Registrations;
import dev.tenantops.onboarding.operator.verdict.RegistrationJudge;
import dev.tenantops.onboarding.operator.verdict.RegistrationVerdict;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Reads the registrations of each catalog in its publisher's own tenant, once for all of its onboardings. It reads beside
 * the looks at catalogs, which wait for nobody, few at once, and again after an interval. What it last read stands until a
 * reading comes to its end; what makes grants worthless takes two that agree.
 */
public final class HomeTenants {

    private static final Logger LOG = Logger.getLogger(HomeTenants.class);
    private static final int AT_ONCE = 2;

    /** For how many of them a reading that fails in passing is not told, and one that does not end is waited for. */
    private static final int INTERVALS = 3;

    private static final Failure NOT_ENDED = Failure.of(
            Failure.Reason.GraphUnavailable,
            "Reading the registrations did not come to its end.",
            "The operator tries again by itself.");

    private final PublisherDirectory directory;
    private final Clouds clouds;
    private final VerifierSecrets secrets;
    private final Optional<URI> callback;
    private final Duration interval;
    private final Executor executor;
    private final Consumer<ObjectKey> wake;
    private final Clock clock;
    private final Map<ObjectKey, Known> known = new ConcurrentHashMap<>();
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    private final FailureLog failures = new FailureLog(LOG);

    /**
     * What is known of a catalog.
     *
     * @param subject what it is known of
     * @param begun when its last reading began
     * @param underWay whether that has still to come to its end
     * @param read what was last read to the end
     * @param readAt when
     * @param failure why that is not the last reading
     */
    private record Known(
            Subject subject,
            Instant begun,
            boolean underWay,
            Optional<List<RegistrationVerdict>> read,
            Instant readAt,
            Optional<Failure> failure) {

        static Known nothing(Subject subject) {
            return new Known(subject, Instant.MIN, false, Optional.empty(), Instant.MIN, Optional.empty());
        }

        /** One that will not come to its end must not be the last. */
        Known hangs(Instant now, Duration patience) {
            return underWay && Duration.between(begun, now).compareTo(patience) > 0
                    ? ends(Reading.failed(NOT_ENDED))
                    : this;
        }

        Known begins(Instant now) {
            return new Known(subject, now, true, read, readAt, failure);
        }

        Known ends(Reading<List<RegistrationVerdict>> reading) {
            return switch (reading) {
                case Reading.Failed<List<RegistrationVerdict>>(Failure failed) ->
                    new Known(subject, begun, false, read, readAt, Optional.of(failed));
                case Reading.Complete<List<RegistrationVerdict>>(var verdicts) ->
                    new Known(subject, begun, false, Optional.of(verdicts), begun, Optional.empty());
            };
        }

        /** Whether it waits for the same reading as another. */
        boolean is(Known other) {
            return underWay && subject.equals(other.subject) && begun.equals(other.begun);
        }

        /** That one reading fails for a while is nobody's business. */
        Registrations registrations(Instant now, Duration patience) {
            var told = failure.filter(it -> it.reason().definite()
                    || read.isEmpty()
                    || Duration.between(readAt, now).compareTo(patience) > 0);
            return told.<Registrations>map(Registrations.Unread::new)
                    .or(() -> read.map(Registrations.Read::new))
                    .orElseGet(Registrations.NotYet::new);
        }
    }

    /** Another version of a spec, and another credential, are worth a reading at once. */
    private record Subject(String uid, ApplicationCatalogSpec spec, Optional<String> credential) {}

    /**
     * @param callback where consent returns to if a catalog names no reply URL
     * @param interval the time between two readings of a catalog
     * @param executor for what waits for Microsoft
     * @param wake has a catalog looked at
     */
    public HomeTenants(
            PublisherDirectory directory,
            Clouds clouds,
            VerifierSecrets secrets,
            Optional<URI> callback,
            Duration interval,
            Executor executor,
            Consumer<ObjectKey> wake,
            Clock clock) {
        this.directory = directory;
        this.clouds = clouds;
        this.secrets = secrets;
        this.callback = callback;
        this.interval = interval;
        this.executor = executor;
        this.wake = wake;
        this.clock = clock;
    }

    /** What is known of a catalog's registrations, by the last reading; begins another where one is due. */
    Registrations registrations(ApplicationCatalog catalog) {
        var spec = catalog.getSpec();
        var key = ObjectKey.of(catalog);
        var endpoints = clouds.endpoints(CloudName.of(spec));
        if (spec.verifier().homeTenantId() == null || endpoints.isEmpty()) {
            known.remove(key);
            return new Registrations.NotAskedFor();
        }
        return switch (secrets.verifier(spec.verifier())) {
            // The catalog says so already.
            case Reading.Failed<Verifier>(Failure failure) -> new Registrations.Unread(failure);
            case Reading.Complete<Verifier>(Verifier verifier) -> registrations(catalog, endpoints.get(), verifier);
        };
    }

    /** Forgets all catalogs but these. */
    void retain(Set<ObjectKey> catalogs) {
        known.keySet().retainAll(catalogs);
    }

    private Registrations registrations(ApplicationCatalog catalog, CloudEndpoints cloud, Verifier verifier) {
        var key = ObjectKey.of(catalog);
        var subject = new Subject(
                catalog.getMetadata().getUid(),
                catalog.getSpec(),
                Optional.of(verifier.credential().version()));
        var now = clock.instant();
        var patience = interval.multipliedBy(INTERVALS);
        var current = Optional.ofNullable(known.get(key))
                .filter(it -> it.subject().equals(subject))
                .orElseGet(() -> Known.nothing(subject))
                .hangs(now, patience);
        if (!current.underWay() && !now.isBefore(due(current))) {
            var begun = current.begins(now);
            known.put(key, begun);
            executor.execute(() -> read(key, begun, catalog, cloud, verifier));
        }
        return current.registrations(now, patience);
    }

    private Instant due(Known current) {
        return current.begun().equals(Instant.MIN)
                ? Instant.MIN
                : current.begun().plus(interval);
    }

    /** Whatever becomes of it, it ends: what is under way for ever would leave the last reading standing. */
    private void read(ObjectKey key, Known begun, ApplicationCatalog catalog, CloudEndpoints cloud, Verifier verifier) {
        Reading<List<RegistrationVerdict>> read;
        try {
            turns.acquire();
            try {
                read = judged(catalog, cloud, verifier);
            } finally {
                turns.release();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            read = Reading.failed(NOT_ENDED);
        } catch (RuntimeException | Error e) {
            failures.tell("The registrations of the catalog " + key + " were not read", e);
            read = Reading.failed(Failure.of(
                    Failure.Reason.GraphUnavailable,
                    "Reading the registrations failed by a fault of the operator.",
                    "The operator's log has the details. Report them."));
        }
        var reading = read;
        // Of one that was given up nothing is taken: another has begun since.
        known.computeIfPresent(key, (_, it) -> it.is(begun) ? it.ends(reading) : it);
        wake.accept(key);
    }

    private Reading<List<RegistrationVerdict>> judged(
            ApplicationCatalog catalog, CloudEndpoints cloud, Verifier verifier) {
        var desired = DesiredRegistration.of(catalog.getSpec(), callback);
        var query = new PublisherQuery(
                cloud,
                catalog.getSpec().verifier().homeTenantId().toLowerCase(Locale.ROOT),
                verifier,
                desired.stream().map(DesiredRegistration::clientId).distinct().toList(),
                desired.stream()
                        .flatMap(it -> it.permissions().stream())
                        .map(DesiredPermission::resourceAppId)
                        .collect(Collectors.toSet()));
        var before = Registrations.before(
                Optional.ofNullable(catalog.getStatus()).orElseGet(ApplicationCatalogStatus::initial),
                catalog.getSpec());
        var first = judged(query, desired, before);
        if (!(first instanceof Reading.Complete<List<RegistrationVerdict>>(var verdicts))
                || !RegistrationJudge.isDoubtful(verdicts, before)) {
            return first;
        }
        var second = judged(query, desired, before);
        return second instanceof Reading.Complete<List<RegistrationVerdict>>(var again)
                        && !RegistrationJudge.agree(verdicts, again)
                ? Reading.failed(Failure.of(
                        Failure.Reason.ReplicaBehind,
                        "Two readings in a row contradict each other.",
                        "The operator looks again by itself."))
                : second;
    }

    private Reading<List<RegistrationVerdict>> judged(
            PublisherQuery query, List<DesiredRegistration> desired, Map<String, RegistrationState> before) {
        return switch (directory.registrations(query)) {
            case Reading.Failed<PublisherObservation>(Failure failure) -> Reading.failed(failure);
            case Reading.Complete<PublisherObservation>(PublisherObservation seen) ->
                Reading.of(RegistrationJudge.judge(desired, seen, before));
        };
    }
}
