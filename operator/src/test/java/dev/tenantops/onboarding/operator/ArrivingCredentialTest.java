package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.InMemoryTenantDirectory;
import dev.tenantops.onboarding.operator.observe.VerifierSecrets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A credential that is refused, through checks and restarts of the operator. */
class ArrivingCredentialTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final VirtualClock clock = new VirtualClock(START);
    private final TenantOnboarding onboarding = Samples.onboarding(Samples.ONBOARDING);
    private InMemoryTenantDirectory directory;
    private boolean federated;
    private Optional<Instant> changed = Optional.of(START);
    private OnboardingPipeline pipeline;
    private Duration recheck;

    @BeforeEach
    void start() {
        restart();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itIsUnknownAndTriedWithinSecondsAndRedOnlyWhenItStays(boolean token) {
        federated = token;
        directory.refuseCredential(Samples.TENANT);
        check();
        assertVerifier(Status.Unknown, "CredentialsPropagating");
        assertThat(recheck).isLessThan(Duration.ofSeconds(4));
        var unknown = onboarding.getStatus();
        while (clock.instant().isBefore(START.plusSeconds(240))) {
            clock.advance(recheck);
            check();
            assertThat(onboarding.getStatus()).isEqualTo(unknown);
            assertThat(recheck).isLessThanOrEqualTo(Duration.ofSeconds(66));
        }
        clock.set(START.plusSeconds(300));
        check();
        assertVerifier(Status.False, "CredentialsInvalid");
        assertThat(recheck).isGreaterThan(Duration.ofMinutes(4));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRestartNeitherCondemnsItNorExcusesItForEver(boolean token) {
        federated = token;
        directory.refuseCredential(Samples.TENANT);
        check();
        for (int second = 20; second < 300; second += 20) {
            clock.set(START.plusSeconds(second));
            restart();
            directory.refuseCredential(Samples.TENANT);
            check();
            assertVerifier(Status.Unknown, "CredentialsPropagating");
        }
        for (int second = 300; second < 1000; second += 100) {
            clock.set(START.plusSeconds(second));
            restart();
            directory.refuseCredential(Samples.TENANT);
            check();
            assertVerifier(Status.False, "CredentialsInvalid");
        }
    }

    @Test
    void whatCouldNotBeTriedMeanwhileDoesNotBeginItsTimeAnew() {
        federated = true;
        directory.refuseCredential(Samples.TENANT);
        check();
        clock.advance(Duration.ofMinutes(4));
        directory.heal(Samples.TENANT);
        directory.fail(Samples.TENANT, Failure.of(Reason.GraphUnavailable, "No answer.", "Wait."));
        check();
        assertVerifier(Status.Unknown, "GraphUnavailable");
        clock.advance(Duration.ofMinutes(1));
        restart();
        directory.refuseCredential(Samples.TENANT);
        check();
        assertVerifier(Status.False, "CredentialsInvalid");
    }

    @Test
    void onceItIsTakenItsNextRefusalIsAFirstOne() {
        federated = true;
        directory.refuseCredential(Samples.TENANT);
        check();
        assertThat(onboarding.known().verifiers().getFirst().refusedTime()).isEqualTo("2026-03-01T12:00:00Z");
        clock.advance(Duration.ofHours(1));
        directory.heal(Samples.TENANT);
        check();
        assertVerifier(Status.True, "Authorized");
        assertThat(onboarding.known().verifiers().getFirst().refusedTime()).isNull();
        clock.advance(Duration.ofHours(1));
        directory.refuseCredential(Samples.TENANT);
        check();
        assertVerifier(Status.Unknown, "CredentialsPropagating");
    }

    @Test
    void aSecretThatHasBeenThereForLongIsRedAtOnce() {
        changed = Optional.of(START.minus(Duration.ofDays(30)));
        directory.refuseCredential(Samples.TENANT);
        check();
        assertVerifier(Status.False, "CredentialsInvalid");
    }

    @Test
    void whatWasProvenStandsWhileTheCredentialSpreads() {
        grantAll();
        check();
        assertThat(condition(ConditionType.READY).status()).isEqualTo(Status.True);
        clock.advance(Duration.ofMinutes(1));
        changed = Optional.of(clock.instant());
        directory.refuseCredential(Samples.TENANT);
        check();
        assertVerifier(Status.Unknown, "CredentialsPropagating");
        assertThat(condition(ConditionType.READY).status()).isEqualTo(Status.True);
    }

    private void grantAll() {
        directory.install(Samples.TENANT, Samples.PRESENCE, "Presence");
        directory.install(Samples.TENANT, Samples.CONSOLE, "Console");
        var graph = WellKnownResource.MicrosoftGraph.appId();
        directory.grantAppRoles(Samples.TENANT, Samples.PRESENCE, graph, "Presence.Read.All");
        directory.grantScopes(Samples.TENANT, Samples.CONSOLE, graph, "User.Read.All");
        directory.grantScopes(
                Samples.TENANT,
                Samples.CONSOLE,
                WellKnownResource.AzureCommunicationServices.appId(),
                "Teams.ManageCalls");
    }

    private void check() {
        var catalog = Samples.catalog(
                federated
                        ? Samples.CATALOG.replace(", credentialsRef: {name: heedify-verifier}", "")
                        : Samples.CATALOG);
        var outcome = pipeline.run(
                onboarding,
                new Surroundings(
                        Map.of("customer", "true"), name -> Optional.of(catalog).filter(_ -> name.equals("heedify"))));
        onboarding.setStatus(outcome.status());
        recheck = outcome.recheck();
    }

    /** Of the operator nothing is left but what the API server has. */
    private void restart() {
        directory = new InMemoryTenantDirectory(clock);
        directory.defineApi(
                WellKnownResource.MicrosoftGraph.appId(),
                Set.of("Presence.Read.All"),
                Set.of("User.Read.All", "Directory.Read.All", "Calendars.Read"));
        directory.defineApi(
                WellKnownResource.AzureCommunicationServices.appId(), Set.of(), Set.of("Teams.ManageCalls"));
        directory.createTenant(Samples.TENANT);
        pipeline = new OnboardingPipeline(
                PipelineFixture.ports(
                        clock,
                        Samples::clouds,
                        directory,
                        new VerifierSecrets(
                                name -> Optional.of(PipelineFixture.secret(name, "secret", 1)),
                                _ -> changed,
                                Optional.of("/var/run/secrets/azure/token")),
                        PipelineFixture.REACHABLE,
                        new SplittableRandom(1)::nextDouble),
                PipelineFixture.TIMING);
    }

    private void assertVerifier(Status status, String reason) {
        assertThat(condition(ConditionType.VERIFIER_AUTHORIZED))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(status, reason);
    }

    private Condition condition(String type) {
        return onboarding.getStatus().condition(type).orElseThrow();
    }
}
