package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantQuery.ApplicationQuery;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import dev.tenantops.onboarding.operator.report.Transition;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What contradicts what was known is read again before anything is published. */
class SecondReadingTest {

    private final VirtualClock clock = new VirtualClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<TenantQuery> queries = new ArrayList<>();
    private final TenantOnboarding onboarding = Samples.onboarding(Samples.ONBOARDING);
    private final OnboardingPipeline pipeline = pipeline();
    private ApplicationCatalog catalog = Samples.catalog(Samples.CATALOG);

    /** What a tenant shows at a time. */
    private interface Answer {
        TenantObservation at(Instant now);
    }

    @BeforeEach
    void everythingIsGranted() {
        check(SecondReadingTest::granted);
        assertThat(condition(ConditionType.READY).status()).isEqualTo(Status.True);
        queries.clear();
    }

    @Test
    void anUnchangedTenantIsReadOnce() {
        check(SecondReadingTest::granted);
        assertThat(queries).hasSize(1);
    }

    @Test
    void oneStaleReplicaNeitherFlipsReadyNorWritesAnEvent() {
        var before = onboarding.getStatus();
        var told = check(TenantFixture::withoutConsole, SecondReadingTest::granted);
        assertThat(told).isEmpty();
        assertThat(onboarding.getStatus()).isEqualTo(before);
    }

    @Test
    void onlyWhatContradictsIsReadAgainWithTheApisThatItNeeds() {
        check(TenantFixture::withoutConsole, SecondReadingTest::granted);
        assertThat(queries).hasSize(2);
        assertThat(queries.getFirst().applications()).hasSize(2);
        assertThat(queries.getLast().applications())
                .extracting(ApplicationQuery::clientId)
                .containsExactly(Samples.CONSOLE);
        check(at -> TenantFixture.of(at).observation(), SecondReadingTest::granted);
        assertThat(queries.getLast().applications()).hasSize(2);
    }

    @Test
    void aLossThatTwoReadingsShowIsAwaitedAtOnceAndCalledRevokedLater() {
        var told = check(TenantFixture::withoutConsole, TenantFixture::withoutConsole);
        assertThat(told).extracting(Transition::reason).containsExactly("Propagating");
        assertThat(console().missing()).isEmpty();
        assertThat(console().awaited()).hasSize(2);
        queries.clear();
        clock.advance(Duration.ofSeconds(30));
        check(TenantFixture::withoutConsole);
        assertThat(queries).hasSize(1);
        assertThat(console().state()).isEqualTo(ApplicationState.ConsentRevoked);
    }

    @Test
    void whatTheSecondReadingShowsIsNotTakenForTheRestOfTheTenant() {
        check(TenantFixture::withoutConsole, at -> TenantFixture.of(at).observation());
        assertThat(onboarding.getStatus().application("heedify", "presence"))
                .hasValueSatisfying(it -> assertThat(it.state()).isEqualTo(ApplicationState.Granted));
    }

    @Test
    void aSecondReadingThatFailsLeavesTheEvidenceAsItWas() {
        var before = onboarding.getStatus();
        var told = check(
                TenantFixture::withoutConsole,
                at -> TenantObservation.failed(at, Failure.of(Failure.Reason.GraphUnavailable, "no answer", "Wait.")));
        assertThat(told).isEmpty();
        assertThat(onboarding.getStatus()).isEqualTo(before);
    }

    @Test
    void aReplicaThatDoesNotKnowAConsentYetTakesItNotBack() {
        var told = check(
                at -> TenantFixture.of(at).application(Samples.CONSOLE).observation(), SecondReadingTest::granted);
        assertThat(told).isEmpty();
        assertThat(console().missing()).isEmpty();
        assertThat(console().awaited()).isEmpty();
    }

    @Test
    void whatIsNotVerifiedIsReadOnce() {
        clock.advance(Duration.ofMinutes(16));
        check(at -> TenantObservation.failed(at, Failure.of(Failure.Reason.GraphUnavailable, "no answer", "Wait.")));
        queries.clear();
        check(TenantFixture::withoutConsole);
        assertThat(queries).hasSize(1);
    }

    @Test
    void whatNoLicenceBringsIsNotForgottenForOneOddAnswer() {
        catalog = Samples.catalog(Samples.CATALOG.replace(
                "{name: extend, applications: [console]}", "{name: extend, applications: [teams-app]}"));
        check(SecondReadingTest::granted);
        assertThat(console().state()).isEqualTo(ApplicationState.NoLongerLicensed);
        check(TenantFixture::withoutConsole, SecondReadingTest::granted);
        assertThat(console().state()).isEqualTo(ApplicationState.NoLongerLicensed);
        check(TenantFixture::withoutConsole, TenantFixture::withoutConsole);
        assertThat(onboarding.getStatus().application("heedify", "console")).isEmpty();
    }

    /** @return what people are told of it */
    private List<Transition> check(Answer... readings) {
        clock.advance(Duration.ofSeconds(60));
        answers.addAll(Arrays.asList(readings));
        var before = Optional.ofNullable(onboarding.getStatus()).orElseGet(TenantOnboardingStatus::initial);
        var status = pipeline.run(
                        onboarding,
                        new Surroundings(
                                Map.of("customer", "true"),
                                name -> Optional.of(catalog).filter(_ -> name.equals("heedify"))))
                .status();
        assertThat(answers).isEmpty();
        onboarding.setStatus(status);
        return Transition.between(before.conditions(), status.conditions());
    }

    private Condition condition(String type) {
        return onboarding.getStatus().condition(type).orElseThrow();
    }

    private ApplicationStatus console() {
        return onboarding.getStatus().application("heedify", "console").orElseThrow();
    }

    private static TenantObservation granted(Instant at) {
        return TenantFixture.of(at)
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .grant("acs", "Teams.ManageCalls")
                .observation();
    }

    private OnboardingPipeline pipeline() {
        return new OnboardingPipeline(
                PipelineFixture.ports(
                        clock,
                        Samples::clouds,
                        query -> {
                            queries.add(query);
                            return answers.remove().at(clock.instant());
                        },
                        new VerifierSecrets(
                                name -> Optional.of(PipelineFixture.secret(name, "secret", 1)), Optional.empty()),
                        PipelineFixture.REACHABLE,
                        new SplittableRandom(1)::nextDouble),
                PipelineFixture.TIMING);
    }
}
