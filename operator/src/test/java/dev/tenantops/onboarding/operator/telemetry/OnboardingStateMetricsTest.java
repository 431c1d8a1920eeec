package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.License;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OnboardingStateMetricsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration FRESHNESS = Duration.ofMinutes(15);

    private final Map<String, Duration> overdue = new HashMap<>();
    private final OnboardingStateMetrics metrics = metrics(false);

    @Test
    void readinessHasOneSeriesForEachOnboardingWithUnknownToldApart() {
        var samples = take(
                onboarding("a", condition(ConditionType.READY, Status.True, "Onboarded")),
                onboarding("b", condition(ConditionType.READY, Status.False, "ConsentRevoked")),
                onboarding("c", condition(ConditionType.READY, Status.Unknown, "GraphUnavailable")));
        assertThat(of(Metric.READY, samples))
                .containsExactlyInAnyOrder(
                        Sample.of(Metric.READY, 1, "customers", "a", "Onboarded"),
                        Sample.of(Metric.READY, 0, "customers", "b", "ConsentRevoked"),
                        Sample.of(Metric.READY, -1, "customers", "c", "GraphUnavailable"));
    }

    @Test
    void aTimeThatIsNoneKeepsNothingFromBeingCounted() {
        var odd = onboarding("a", condition(ConditionType.READY, Status.True, "Onboarded"));
        var status = odd.getStatus();
        odd.setStatus(status.with(new Times(null, "soon")));
        assertThat(of(Metric.READY, take(odd, onboarding("b")))).hasSize(2);
    }

    @Test
    void anOnboardingWithoutAStatusIsNotVerified() {
        var unseen = onboarding("a");
        unseen.setStatus(null);
        assertThat(of(Metric.READY, take(unseen)))
                .containsExactly(Sample.of(Metric.READY, -1, "customers", "a", "NotVerified"));
    }

    @Test
    void conditionsAreCountedByTypeStatusAndReason() {
        var granted = condition(ConditionType.CONSENT_GRANTED, Status.True, "AllGranted");
        var samples = take(
                onboarding("a", granted),
                onboarding("b", granted),
                onboarding("c", condition(ConditionType.CONSENT_GRANTED, Status.False, "ConsentRequired")));
        assertThat(of(Metric.CONDITIONS, samples))
                .containsExactlyInAnyOrder(
                        Sample.of(Metric.CONDITIONS, 2, "ConsentGranted", "True", "AllGranted"),
                        Sample.of(Metric.CONDITIONS, 1, "ConsentGranted", "False", "ConsentRequired"));
    }

    @Test
    void whatWasTakenFromAllTenantsIsCountedByApplicationAndReason() {
        var samples = take(
                having("a", "console", ApplicationState.ApplicationDeactivated),
                having("b", "console", ApplicationState.ApplicationDeactivated),
                having("c", "console", ApplicationState.DisabledByMicrosoft),
                having("d", "console", ApplicationState.ApplicationDisabled));
        assertThat(of(Metric.WITHDRAWN, samples))
                .containsExactlyInAnyOrder(
                        Sample.of(Metric.WITHDRAWN, 2, "acme", "console", "ApplicationDeactivated"),
                        Sample.of(Metric.WITHDRAWN, 1, "acme", "console", "DisabledByMicrosoft"));
    }

    @Test
    void whatIsAwaitedIsOnlyKnownWhileTheEvidenceCounts() {
        assertThat(value(Metric.CONSENT_AWAITED, take(asked(NOW)), "acme", "0")).isEqualTo(1);
        assertThat(value(Metric.CONSENT_AWAITED, take(asked(NOW)), "acme", "1")).isZero();
        assertThat(of(Metric.CONSENT_AWAITED, take(asked(NOW.minusSeconds(1))))).isEmpty();
    }

    @Test
    void whatIsGoneIsNotCountedTheNextTime() {
        take(onboarding("a"), onboarding("b"));
        assertThat(of(Metric.READY, take(onboarding("b"))))
                .extracting(it -> it.labels().get(1))
                .containsExactly("b");
    }

    @Test
    void evidenceIsStaleWhenItIsOlderThanItCounts() {
        var samples = take(verified("a", FRESHNESS), verified("b", FRESHNESS.plusSeconds(1)));
        assertThat(value(Metric.STALE, samples)).isEqualTo(1);
        assertThat(value(Metric.OLDEST_EVIDENCE, samples))
                .isEqualTo(NOW.minus(FRESHNESS).minusSeconds(1).getEpochSecond());
    }

    @Test
    void evidenceFromTheFutureIsNone() {
        var samples = metrics(true).samples(Stream.of(verified("a", Duration.ofDays(-365))), NOW);
        assertThat(value(Metric.STALE, samples)).isEqualTo(1);
        assertThat(of(Metric.LAST_VERIFIED, samples)).isEmpty();
    }

    @Test
    void anOnboardingThatWasNeverVerifiedAgesFromItsCreation() {
        assertThat(value(Metric.STALE, take(onboarding("a")))).isEqualTo(1);
        var young = onboarding("a");
        young.getMetadata().setCreationTimestamp(NOW.minusSeconds(60).toString());
        assertThat(value(Metric.STALE, take(young))).isZero();
    }

    @Test
    void whoWaitsForAPersonIsNotStale() {
        var suspended = onboarding("a");
        suspended.setSpec(new TenantOnboardingSpec("t", List.of(), null, null, true));
        var samples = take(
                suspended,
                onboarding("b", condition(ConditionType.STALLED, Status.True, "UnknownPlan")),
                onboarding("c", condition(ConditionType.VERIFIER_AUTHORIZED, Status.False, "VerifierConsentRequired")));
        assertThat(value(Metric.STALE, samples)).isZero();
        assertThat(of(Metric.OLDEST_EVIDENCE, samples)).isEmpty();
    }

    @Test
    void aTenantThatCannotBeReadIsStale() {
        assertThat(value(
                        Metric.STALE,
                        take(onboarding(
                                "a",
                                condition(ConditionType.VERIFIER_AUTHORIZED, Status.Unknown, "GraphUnavailable")))))
                .isEqualTo(1);
    }

    @Test
    void theOldestOfTheDueChecksTellsHowLateTheyAre() {
        overdue.put("a", Duration.ofSeconds(-60));
        overdue.put("b", Duration.ofSeconds(5));
        overdue.put("c", Duration.ofMillis(90_500));
        var samples = take(onboarding("a"), onboarding("b"), onboarding("c"), onboarding("unknown"));
        assertThat(value(Metric.DUE_CHECKS, samples)).isEqualTo(2);
        assertThat(value(Metric.OLDEST_DUE_CHECK_AGE, samples)).isEqualTo(90.5);
    }

    @Test
    void withoutOnboardingsNothingIsStaleOrDue() {
        assertThat(take())
                .containsExactlyInAnyOrder(
                        Sample.of(Metric.STALE, 0),
                        Sample.of(Metric.DUE_CHECKS, 0),
                        Sample.of(Metric.OLDEST_DUE_CHECK_AGE, 0));
    }

    @Test
    void conditionsAndLastVerificationsOfEachOnboardingAreShownOnRequestOnly() {
        var onboarding = verified("a", Duration.ofMinutes(1));
        var perOnboarding = List.of(Metric.CONDITION, Metric.LAST_VERIFIED);
        assertThat(take(onboarding)).extracting(Sample::metric).doesNotContainAnyElementsOf(perOnboarding);
        assertThat(metrics(true).samples(Stream.of(onboarding), NOW))
                .contains(
                        Sample.of(Metric.CONDITION, 1, "customers", "a", "Ready", "True", "Onboarded"),
                        Sample.of(Metric.LAST_VERIFIED, NOW.minusSeconds(60).getEpochSecond(), "customers", "a"));
    }

    @Test
    void everySampleHasAValueForEachLabel() {
        overdue.put("a", Duration.ZERO);
        assertThat(metrics(true).samples(Stream.of(verified("a", Duration.ZERO)), NOW))
                .allSatisfy(
                        it -> assertThat(it.labels()).hasSameSizeAs(it.metric().labels()));
    }

    private OnboardingStateMetrics metrics(boolean perOnboarding) {
        return new OnboardingStateMetrics(
                _ -> FRESHNESS,
                it -> Optional.ofNullable(overdue.get(it.getMetadata().getName())),
                perOnboarding);
    }

    private List<Sample> take(TenantOnboarding... onboardings) {
        return metrics.samples(Stream.of(onboardings), NOW);
    }

    private static List<Sample> of(Metric metric, List<Sample> samples) {
        return samples.stream().filter(it -> it.metric() == metric).toList();
    }

    private static TenantOnboarding asked(Instant validUntil) {
        var onboarding = having("a", "console", ApplicationState.ConsentRequired);
        var status = onboarding.getStatus();
        onboarding.setStatus(new TenantOnboardingStatus(
                new Handled(1, null),
                Customer.UNKNOWN,
                Progress.NONE,
                new Times(null, validUntil.toString()),
                status.entries(),
                List.of(condition(ConditionType.READY, Status.False, "ConsentRequired"))));
        return onboarding;
    }

    private static double value(Metric metric, List<Sample> samples, String... labels) {
        return of(metric, samples).stream()
                .filter(it -> it.labels().equals(List.of(labels)))
                .findFirst()
                .orElseThrow()
                .value();
    }

    private static double value(Metric metric, List<Sample> samples) {
        assertThat(of(metric, samples)).hasSize(1);
        return of(metric, samples).getFirst().value();
    }

    private static TenantOnboarding verified(String name, Duration ago) {
        var onboarding = onboarding(name, condition(ConditionType.READY, Status.True, "Onboarded"));
        onboarding.setStatus(
                status(NOW.minus(ago).toString(), onboarding.getStatus().conditions()));
        return onboarding;
    }

    /** An onboarding with an application in a state. */
    private static TenantOnboarding having(String name, String application, ApplicationState state) {
        return new KubernetesSerialization().unmarshal("""
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: TenantOnboarding
                metadata: {name: %s, namespace: customers, creationTimestamp: "2026-01-01T00:00:00Z"}
                spec: {tenantId: t, licenses: [{catalog: acme, plans: [basic]}]}
                status: {observedGeneration: 1, applications: [{catalog: acme, name: %s, state: %s}]}
                """.formatted(name, application, state), TenantOnboarding.class);
    }

    private static TenantOnboarding onboarding(String name, Condition... conditions) {
        var onboarding = new TenantOnboarding();
        onboarding.setMetadata(new ObjectMetaBuilder()
                .withNamespace("customers")
                .withName(name)
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .build());
        onboarding.setSpec(new TenantOnboardingSpec(
                "t", List.of(new License("acme", List.of("basic"), List.of())), null, null, false));
        onboarding.setStatus(status(null, List.of(conditions)));
        return onboarding;
    }

    private static TenantOnboardingStatus status(String lastVerified, List<Condition> conditions) {
        return new TenantOnboardingStatus(
                new Handled(1, null),
                Customer.UNKNOWN,
                Progress.NONE,
                new Times(lastVerified, null),
                Entries.NONE,
                conditions);
    }

    private static Condition condition(String type, Status status, String reason) {
        return new Condition(type, status, 1, "2026-03-01T00:00:00Z", reason, "");
    }
}
