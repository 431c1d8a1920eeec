package dev.tenantops.onboarding.operator.telemetry;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.status.CatalogUse;
import dev.tenantops.onboarding.operator.status.Evidence;
import dev.tenantops.onboarding.operator.status.OwnedCondition;
import dev.tenantops.onboarding.operator.status.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The state of the onboardings as metrics. They are made anew whenever somebody asks, from the statuses alone, so they are
 * right after a restart and on a pod that does not verify, and have nothing of what was deleted.
 */
public final class OnboardingStateMetrics {

    private static final String UNSEEN = "NotVerified";

    private final Function<TenantOnboarding, Duration> freshness;
    private final Function<TenantOnboarding, Optional<Duration>> overdue;
    private final boolean perOnboarding;

    /**
     * @param freshness how long the evidence of an onboarding counts
     * @param overdue for how long its check has been due without coming to its end, negative while none is due; empty on a
     *     pod that does not verify
     * @param perOnboarding whether all its conditions and its last verification are series of their own
     */
    public OnboardingStateMetrics(
            Function<TenantOnboarding, Duration> freshness,
            Function<TenantOnboarding, Optional<Duration>> overdue,
            boolean perOnboarding) {
        this.freshness = freshness;
        this.overdue = overdue;
        this.perOnboarding = perOnboarding;
    }

    /** Counts onboardings. */
    public List<Sample> samples(Stream<TenantOnboarding> onboardings, Instant now) {
        var count = new Count(now);
        onboardings.forEach(count::add);
        return count.samples();
    }

    private final class Count {

        private final Instant now;
        private final List<Sample> samples = new ArrayList<>();
        private final Map<List<String>, Integer> conditions = new HashMap<>();
        private final Map<List<String>, Integer> withdrawn = new HashMap<>();
        private final ConsentWait consents = new ConsentWait();
        private Optional<Instant> oldestEvidence = Optional.empty();
        private int stale;
        private int dueChecks;
        private Duration longestDue = Duration.ZERO;

        Count(Instant now) {
            this.now = now;
        }

        void add(TenantOnboarding onboarding) {
            var namespace = onboarding.getMetadata().getNamespace();
            var name = onboarding.getMetadata().getName();
            var status = Optional.ofNullable(onboarding.getStatus()).orElseGet(TenantOnboardingStatus::initial);
            var ready = status.condition(ConditionType.READY);
            var evidence = Evidence.of(status);
            samples.add(Sample.of(
                    Metric.READY,
                    value(ready.map(Condition::status)
                            // Also where what withdraws it cannot be written.
                            .filter(_ -> !evidence.hasEnded(now))
                            .orElse(Status.Unknown)),
                    namespace,
                    name,
                    ready.map(Condition::reason).orElse(UNSEEN)));
            for (Condition it : status.conditions()) {
                conditions.merge(List.of(it.type(), it.status().name(), it.reason()), 1, Integer::sum);
                if (perOnboarding) {
                    samples.add(Sample.of(
                            Metric.CONDITION,
                            1,
                            namespace,
                            name,
                            it.type(),
                            it.status().name(),
                            it.reason()));
                }
            }
            status.applications().stream()
                    .filter(it -> CatalogUse.isWithdrawn(it.state()))
                    .forEach(it -> withdrawn.merge(
                            List.of(it.catalog(), it.name(), it.state().name()), 1, Integer::sum));
            if (!evidence.hasEnded(now)) {
                consents.add(status, now);
            }
            var verified = evidence.readBefore(now);
            if (perOnboarding) {
                verified.ifPresent(
                        it -> samples.add(Sample.of(Metric.LAST_VERIFIED, it.getEpochSecond(), namespace, name)));
            }
            if (!waitsForAPerson(onboarding, status)) {
                age(onboarding, verified.orElseGet(() -> created(onboarding)));
            }
            overdue.apply(onboarding).filter(it -> !it.isNegative()).ifPresent(this::late);
        }

        List<Sample> samples() {
            conditions.forEach((labels, count) -> samples.add(new Sample(Metric.CONDITIONS, labels, count)));
            withdrawn.forEach((labels, count) -> samples.add(new Sample(Metric.WITHDRAWN, labels, count)));
            samples.addAll(consents.samples());
            samples.add(Sample.of(Metric.STALE, stale));
            oldestEvidence.ifPresent(it -> samples.add(Sample.of(Metric.OLDEST_EVIDENCE, it.getEpochSecond())));
            samples.add(Sample.of(Metric.DUE_CHECKS, dueChecks));
            samples.add(Sample.of(Metric.OLDEST_DUE_CHECK_AGE, longestDue.toMillis() / 1000.0));
            return samples;
        }

        private void age(TenantOnboarding onboarding, Instant evidence) {
            if (Evidence.end(evidence, freshness.apply(onboarding)).isBefore(now)) {
                stale++;
            }
            if (oldestEvidence.filter(it -> !it.isAfter(evidence)).isEmpty()) {
                oldestEvidence = Optional.of(evidence);
            }
        }

        private void late(Duration age) {
            dueChecks++;
            if (age.compareTo(longestDue) > 0) {
                longestDue = age;
            }
        }

        private Instant created(TenantOnboarding onboarding) {
            return Timestamps.parse(onboarding.getMetadata().getCreationTimestamp())
                    .orElse(now);
        }
    }

    private static boolean waitsForAPerson(TenantOnboarding onboarding, TenantOnboardingStatus status) {
        return onboarding.getSpec().suspend() || status.conditions().stream().anyMatch(OwnedCondition::awaitsPerson);
    }

    private static int value(Status status) {
        return switch (status) {
            case True -> 1;
            case False -> 0;
            case Unknown -> -1;
        };
    }
}
