package dev.tenantops.onboarding.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many customers were asked and have not consented. */
class ConsentWaitTest {

    private static final Instant NOW = Instant.parse("2026-03-31T12:00:00Z");
    private static final String A_WEEK_AGO = "2026-03-24T12:00:00Z";
    private static final String ALMOST_A_WEEK_AGO = "2026-03-24T12:00:01Z";

    @Test
    void whoWaitsForAWeekIsAmongThoseOfEveryShorterTime() {
        assertThat(counts("acme", waiting("acme", "ConsentRequired", A_WEEK_AGO)))
                .containsExactly(1, 1, 1, 1, 0, 0, 0);
        assertThat(counts("acme", waiting("acme", "ConsentRequired", ALMOST_A_WEEK_AGO)))
                .containsExactly(1, 1, 1, 0, 0, 0, 0);
    }

    @Test
    void thousandsOfCustomersAreAsManySeriesAsOne() {
        var samples = samples(Stream.generate(() -> waiting("acme", "PermissionsMissing", A_WEEK_AGO))
                .limit(5_000)
                .toArray(TenantOnboardingStatus[]::new));
        assertThat(samples)
                .hasSameSizeAs(ConsentWait.DAYS)
                .contains(Sample.of(Metric.CONSENT_AWAITED, 5_000, "acme", "7"));
    }

    @Test
    void anOnboardingCountsOnceForEachCatalogThatWaits() {
        var both = status("""
                conditions: [{type: Ready, status: "False", reason: VerifierConsentRequired, lastTransitionTime: "%s"}]
                verifiers: [{catalog: acme, state: VerifierConsentRequired}, {catalog: other, state: Authorized}]
                applications:
                - {catalog: acme, name: a, state: ConsentRequired}
                - {catalog: acme, name: b, state: ConsentRequired}
                - {catalog: other, name: c, state: Granted}
                - {catalog: third, name: d, state: ReconsentRequired}
                """.formatted(A_WEEK_AGO));
        assertThat(counts("acme", both)).startsWith(1, 1);
        assertThat(counts("third", both)).startsWith(1, 1);
        assertThat(counts("other", both)).isEmpty();
    }

    /** These are lost, somebody else's to mend, or well. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ConsentRevoked",
                "ApplicationDeleted",
                "ApplicationDeactivated",
                "ResourceServicePrincipalMissing",
                "NotVerified",
                "Granted",
                "Attested"
            })
    void onlyAConsentThatTheCustomerWasAskedForIsAwaited(String state) {
        assertThat(samples(waiting("acme", state, A_WEEK_AGO))).isEmpty();
    }

    @Test
    void nobodyWaitsForAnOptionalApplication() {
        assertThat(samples(status("""
                conditions: [{type: Ready, status: "False", reason: ConsentRequired, lastTransitionTime: "%s"}]
                applications: [{catalog: acme, name: a, state: ConsentRequired, optional: true}]
                """.formatted(A_WEEK_AGO)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"True", "Unknown"})
    void whatIsReadyOrNotKnownIsNotAwaited(String ready) {
        assertThat(samples(status("""
                conditions: [{type: Ready, status: "%s", reason: Suspended, lastTransitionTime: "%s"}]
                applications: [{catalog: acme, name: a, state: ConsentRequired}]
                """.formatted(ready, A_WEEK_AGO)))).isEmpty();
    }

    @Test
    void aTimeThatIsNoneIsNotCountedAndOneThatHasNotComeIsNow() {
        assertThat(samples(waiting("acme", "ConsentRequired", "soon"))).isEmpty();
        assertThat(counts("acme", waiting("acme", "ConsentRequired", "2027-01-01T00:00:00Z")))
                .containsExactly(1, 0, 0, 0, 0, 0, 0);
    }

    private static List<Integer> counts(String catalog, TenantOnboardingStatus... statuses) {
        return samples(statuses).stream()
                .filter(it -> it.labels().getFirst().equals(catalog))
                .map(it -> (int) it.value())
                .toList();
    }

    private static List<Sample> samples(TenantOnboardingStatus... statuses) {
        var wait = new ConsentWait();
        Stream.of(statuses).forEach(it -> wait.add(it, NOW));
        return wait.samples();
    }

    private static TenantOnboardingStatus waiting(String catalog, String state, String since) {
        return status("""
                conditions: [{type: Ready, status: "False", reason: ConsentRequired, lastTransitionTime: "%s"}]
                applications: [{catalog: %s, name: a, state: %s}]
                """.formatted(since, catalog, state));
    }

    private static TenantOnboardingStatus status(String yaml) {
        return new KubernetesSerialization()
                .unmarshal("""
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: TenantOnboarding
                metadata: {name: contoso, namespace: customers}
                spec: {tenantId: t, licenses: [{catalog: acme, plans: [basic]}]}
                status:
                  observedGeneration: 1
                """ + yaml.indent(2), TenantOnboarding.class)
                .getStatus();
    }
}
