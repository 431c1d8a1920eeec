package dev.tenantops.onboarding.operator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.cluster.ClaimWatch;
import dev.tenantops.onboarding.operator.cluster.ClusterCache;
import dev.tenantops.onboarding.operator.delivery.CheckLoop;
import dev.tenantops.onboarding.operator.delivery.CheckSchedule;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import dev.tenantops.onboarding.operator.delivery.StatusWriter;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import dev.tenantops.onboarding.operator.desired.VerificationTiming;
import dev.tenantops.onboarding.operator.report.FailureLog;
import dev.tenantops.onboarding.operator.report.LogContext;
import dev.tenantops.onboarding.operator.status.Evidence;
import dev.tenantops.onboarding.operator.status.StatusLimits;
import dev.tenantops.onboarding.operator.status.Withdrawal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Sends each onboarding through the pipeline when it is due, and has what came of it written. */
public final class OnboardingChecks implements CheckLoop.Check {

    private static final Logger LOG = Logger.getLogger(OnboardingChecks.class);

    private static final int MOST_TOLD = 1000;

    /** When to look again at an onboarding of which a cache does not know enough yet. */
    private static final Duration UNKNOWN_YET = Duration.ofSeconds(1);

    private final ClusterCache cluster;
    private final ClaimWatch claims;
    private final OnboardingPipeline pipeline;
    private final StatusWriter<TenantOnboarding, ?, TenantOnboardingStatus> writer;
    private final CheckSchedule schedule;
    private final VerificationTiming timing;
    private final CheckTrace trace;
    private final Clock clock;

    private final FailureLog failures = new FailureLog(LOG);

    /** What each onboarding failed of, as far as the log names it. */
    private final Cache<String, Boolean> told =
            Caffeine.newBuilder().maximumSize(MOST_TOLD).build();

    public OnboardingChecks(
            ClusterCache cluster,
            ClaimWatch claims,
            OnboardingPipeline pipeline,
            StatusWriter<TenantOnboarding, ?, TenantOnboardingStatus> writer,
            CheckSchedule schedule,
            VerificationTiming timing,
            CheckTrace trace,
            Clock clock) {
        this.cluster = cluster;
        this.claims = claims;
        this.pipeline = pipeline;
        this.writer = writer;
        this.schedule = schedule;
        this.timing = timing;
        this.trace = trace;
        this.clock = clock;
    }

    CheckSchedule schedule() {
        return schedule;
    }

    @Override
    public Optional<Duration> look(ObjectKey key) throws InterruptedException {
        var found = cluster.onboarding(key).map(writer::latest);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        var onboarding = found.get();
        var surroundings = surroundings(onboarding);
        if (surroundings.isEmpty()) {
            return Optional.of(UNKNOWN_YET);
        }
        schedule.looksAt(
                key, onboarding.getMetadata().getUid(), onboarding.getMetadata().getGeneration());
        try (var _ = LogContext.of(onboarding)) {
            return Optional.of(trace.check(onboarding, () -> check(onboarding, surroundings.get()))
                    .recheck());
        }
    }

    private CheckResult check(TenantOnboarding onboarding, Surroundings surroundings) throws InterruptedException {
        var outcome = pipeline.run(onboarding, surroundings);
        writer.publish(onboarding, CheckVerdict.of(onboarding, outcome, schedule::request, clock));
        return outcome;
    }

    @Override
    public Duration failed(ObjectKey key, Throwable failure) {
        var found = cluster.onboarding(key);
        log(key, failure);
        found.ifPresent(it -> writer.publish(
                it, current -> Optional.of(failed(current, failure.getClass().getSimpleName(), clock.instant()))));
        return found.map(it -> timing.interval(it.getSpec())).orElse(timing.defaultInterval());
    }

    /** Ends what no check has renewed in time. */
    void withdraw() {
        var now = clock.instant();
        cluster.onboardings().map(writer::latest).forEach(it -> {
            if (Withdrawal.isOver(it.known(), now)) {
                writer.publishUnlessWaiting(it, current -> Optional.of(ended(current)));
            }
        });
    }

    /** Whatever is wrong with the spec or with a catalog, what has ended is withdrawn. */
    private TenantOnboardingStatus ended(TenantOnboarding current) {
        if (Withdrawal.isOver(current.known(), clock.instant())) {
            try {
                var surroundings = surroundings(current);
                if (surroundings.isPresent()) {
                    return pipeline.ended(current, surroundings.get());
                }
            } catch (RuntimeException e) {
                failures.tell("What has ended of " + ObjectKey.of(current) + " could not be told", e);
            }
        }
        return Withdrawal.asOf(current.known(), clock.instant());
    }

    /** Has everything looked at that is there, whether or not somebody reported it. */
    void takeStock() {
        var keys = cluster.onboardings()
                .map(writer::latest)
                .map(it -> {
                    var key = ObjectKey.of(it);
                    schedule.know(
                            key,
                            it.getMetadata().getUid(),
                            it.getMetadata().getGeneration(),
                            () -> patience(it, clock.instant()));
                    return key;
                })
                .collect(Collectors.toSet());
        schedule.retain(keys);
        writer.retain(keys);
        pipeline.retain(keys);
    }

    /** Empty while it is not known whether its namespace may use a catalog, or whose its tenant is. */
    private Optional<Surroundings> surroundings(TenantOnboarding onboarding) {
        return cluster.namespaceLabels(onboarding.getMetadata().getNamespace())
                .flatMap(labels -> claims.elsewhere(onboarding)
                        .map(elsewhere -> new Surroundings(labels, cluster::catalog, elsewhere)));
    }

    /** What is stored of an onboarding whose right status the API server finds invalid. */
    public static TenantOnboardingStatus unwritable(TenantOnboarding onboarding, Instant now) {
        return failed(onboarding, "the API server finds its status invalid", now);
    }

    private static TenantOnboardingStatus failed(TenantOnboarding onboarding, String problem, Instant now) {
        Function<TenantOnboardingStatus, TenantOnboardingStatus> failed = it ->
                Withdrawal.failed(it, onboarding.getMetadata().getGeneration(), onboarding.requestedAt(), problem, now);
        try {
            return failed.apply(onboarding.known());
        } catch (RuntimeException e) {
            // What stands in the status may be what the check failed of.
            return failed.apply(TenantOnboardingStatus.initial());
        }
    }

    private void log(ObjectKey key, Throwable failure) {
        failures.tell("The check of " + key + " failed", failure);
        if (told.asMap().putIfAbsent(key + " " + failure.getClass().getName(), true) == null) {
            LOG.warnf("The check of %s fails: %s", key, failure.getClass().getName());
        }
    }

    /**
     * How long an onboarding may wait that this replica has not looked at yet. Where nothing is new and the evidence is
     * fresh, a new leader need not ask Microsoft about everybody at once.
     */
    private Duration patience(TenantOnboarding onboarding, Instant now) {
        var status = onboarding.known();
        var requested = onboarding.requestedAt().filter(it -> !it.isEmpty()).map(StatusLimits::echoed);
        var settled = status.observedGeneration() == onboarding.getMetadata().getGeneration()
                && requested.equals(Optional.ofNullable(status.lastHandledReconcileAt()));
        return Evidence.of(status)
                .endsIn(now)
                .filter(_ -> settled)
                .flatMap(it -> Stream.of(
                                it.dividedBy(2), timing.defaultInterval(), timing.interval(onboarding.getSpec()))
                        .min(Duration::compareTo))
                .map(it -> Duration.ofMillis(ThreadLocalRandom.current().nextLong(it.toMillis() + 1)))
                .orElse(Duration.ZERO);
    }
}
