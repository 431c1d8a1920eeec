package dev.tenantops.onboarding.operator.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.DelegatedPermissionGrant;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.Registration;
import dev.tenantops.onboarding.operator.observe.ApplicationObservation.ServicePrincipal;
import dev.tenantops.onboarding.operator.observe.Fingerprint;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.TenantDirectory;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.TenantReading;
import dev.tenantops.onboarding.operator.truth.Violation.Kind;
import dev.tenantops.onboarding.operator.truth.VirtualOperator.Sabotage;
import dev.tenantops.onboarding.operator.verdict.Propagation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the operator publishes is true, in whatever order things happen; and who cheats is found out. */
class TruthTest {

    private static final int STEPS = 2_000;
    private static final int HISTORIES_TO_CATCH = 160;

    @TempDir
    static Path folder;

    private static Path caBundle;

    @BeforeAll
    static void writeCertificate() {
        caBundle = folder.resolve("ca.crt");
        World.authority().writeTo(caBundle);
    }

    @Test
    void everythingThatIsPublishedInRandomHistoriesIsTrue() throws InterruptedException {
        var out = new ByteArrayOutputStream();
        var failed = new TruthRun(caBundle, Sabotage.NONE, new PrintStream(out, true, StandardCharsets.UTF_8))
                .random(STEPS, 20260301);
        var report = out.toString(StandardCharsets.UTF_8);
        assertThat(failed).as(report).isZero();
        assertThat(report)
                .endsWith("truth: 2000 steps, 0 false green, 0 false red, 0 unexplained unknown"
                        + System.lineSeparator());
    }

    /** Of each something untrue was published once; it is cut to the steps that it took. Its name ends with its seed. */
    @ParameterizedTest
    @MethodSource("histories")
    void whatWasUntrueOnceStaysTrue(Path history) throws IOException {
        var name = history.getFileName().toString();
        var seed = Long.parseLong(name.replaceAll("^.*-|\\.json$", ""));
        assertThat(new TruthRun(caBundle, Sabotage.NONE, System.out)
                        .run(TruthRun.steps(history), seed)
                        .violations())
                .isEmpty();
    }

    static List<Path> histories() throws IOException, URISyntaxException {
        var resource = Objects.requireNonNull(TruthTest.class.getResource("histories"), "histories");
        try (var files = Files.list(Path.of(resource.toURI()))) {
            return files.sorted().toList();
        }
    }

    @Test
    void theSameHistoryRunsTheSameWayAgain() {
        var steps = new HistoryGenerator(7).steps(100);
        var run = new TruthRun(caBundle, Sabotage.NONE, System.out);
        assertThat(run.run(steps, 7)).isEqualTo(run.run(steps, 7));
    }

    @Test
    void countingConsentsOfSingleUsersIsAFalseGreen() {
        assertCaught(
                Kind.FalseGreen,
                applications(it -> new ApplicationObservation(
                        it.servicePrincipal(),
                        it.appRoleAssignments(),
                        map(
                                it.delegatedGrants(),
                                grants -> grants.stream()
                                        .map(grant -> new DelegatedPermissionGrant(
                                                grant.clientId(), grant.resourceId(), true, grant.scopes()))
                                        .toList()),
                        it.deleted())));
    }

    @Test
    void overlookingThatAnApplicationIsDisabledIsFoundOut() {
        assertCaught(
                Kind.FalseGreen,
                applications(it -> new ApplicationObservation(
                        it.servicePrincipal()
                                .map(principal -> new ServicePrincipal(
                                        principal.id(),
                                        principal.appId(),
                                        principal.displayName(),
                                        true,
                                        Registration.Active)),
                        it.appRoleAssignments(),
                        it.delegatedGrants(),
                        it.deleted())));
    }

    @Test
    void takingWhatCouldNotBeReadForEmptyIsAFalseRed() {
        assertCaught(
                Kind.FalseRed,
                applications(it -> new ApplicationObservation(
                        it.servicePrincipal(),
                        Reading.of(it.appRoleAssignments().ifComplete().orElse(List.of())),
                        Reading.of(it.delegatedGrants().ifComplete().orElse(List.of())),
                        it.deleted())));
    }

    @Test
    void showingTheLastAnswerWhenThereIsNoneIsAFalseGreen() {
        assertCaught(Kind.FalseGreen, directory -> {
            var last = new AtomicReference<TenantObservation>();
            return query -> {
                var seen = directory.read(query);
                var covers = Optional.ofNullable(last.get())
                        .flatMap(it -> it.applications().ifComplete())
                        .filter(it -> query.applications().stream()
                                .allMatch(application -> it.containsKey(application.clientId())))
                        .isPresent();
                if (seen.applications().ifComplete().isPresent() || !covers) {
                    last.set(seen);
                }
                return new TenantObservation(
                        seen.readAt(), last.get().applications(), last.get().resources());
            };
        });
    }

    @Test
    void aQuietTenantIsToldByItsFingerprintUntilHalfOfTheEvidencesTimeIsOver() {
        var steps = new ArrayList<Step>(WorldCatalog.applicationNames().stream()
                .map(it -> new Step.Consent(it, false))
                .toList());
        steps.add(new Step.Wait(2 * 60 * 60));
        var run = new TruthRun(caBundle, Sabotage.NONE, System.out).run(steps, 1);
        assertThat(run.violations()).isEmpty();
        // A check writes, the next finds nothing to write, and the one after that is spared.
        assertThat(run.unchanged()).isBetween(run.checks() / 4, run.checks() / 2);
    }

    @Test
    void takingEveryAnswerForTheOneBeforeIsAFalseGreen() {
        assertCaught(Kind.FalseGreen, directory -> new TenantDirectory() {
            @Override
            public TenantObservation read(TenantQuery query) {
                return directory.read(query);
            }

            @Override
            public TenantReading read(TenantQuery query, Optional<Fingerprint> known) {
                return known.<TenantReading>map(it -> new TenantReading.Unchanged(it, () -> directory.read(query)))
                        .orElseGet(() -> directory.read(query, known));
            }
        });
    }

    @Test
    void callingAGrantRevokedOnOneReadingIsAFalseRed() {
        var hasty =
                new Sabotage(TruthTest::sparing, new Propagation(Duration.ofSeconds(1), VirtualOperator.AFTER_CONSENT));
        assertCaught(Kind.FalseRed, hasty);
    }

    @Test
    void callingACredentialInvalidThatHasNotArrivedIsAFalseRed() {
        assertCaught(Kind.FalseRed, new Sabotage(UnaryOperator.identity(), Sabotage.NONE.propagation(), Duration.ZERO));
    }

    @Test
    void waitingForEverForACredentialIsAnUnexplainedUnknown() {
        assertCaught(
                Kind.UnexplainedUnknown,
                new Sabotage(UnaryOperator.identity(), Sabotage.NONE.propagation(), Duration.ofDays(1)));
    }

    @Test
    void takingOneReadingForTwoIsAFalseRed() {
        assertCaught(Kind.FalseRed, TruthTest::sparing);
    }

    @Test
    void waitingTooLongForReplicasIsAnUnexplainedUnknown() {
        var hesitant = new Sabotage(
                UnaryOperator.identity(), new Propagation(Duration.ofHours(1), VirtualOperator.AFTER_CONSENT));
        assertCaught(Kind.UnexplainedUnknown, hesitant);
    }

    @Test
    void readingATenantThatIsAnotherOnboardingsIsFoundOut() {
        assertCaught(
                Kind.FalseGreen,
                new Sabotage(
                        UnaryOperator.identity(),
                        Sabotage.NONE.propagation(),
                        Sabotage.NONE.credentialPropagation(),
                        _ -> Set.of()));
    }

    @Test
    void lookingAtWhatEndsADayTooLateIsAFalseGreen() {
        assertCaught(Kind.FalseGreen, new Sabotage(it -> it.plus(Duration.ofDays(1))));
    }

    @Test
    void endingWhatLastsADayTooEarlyIsAFalseRed() {
        assertCaught(Kind.FalseRed, new Sabotage(it -> it.minus(Duration.ofDays(1))));
    }

    @Test
    void aDayThatBeginsEndsAPermissionWithoutAnyOtherChange() {
        var run = run(
                new Step.Consent("roles", false),
                new Step.Consent("mixed", false),
                new Step.Retire("roles", 0, 1),
                new Step.NextDay(-30),
                new Step.Wait(31));
        assertThat(run.violations()).isEmpty();
        assertThat(run.states()).containsKeys(ApplicationState.Granted, ApplicationState.PermissionRetired);
    }

    @Test
    void whatSomebodyVouchesForEndsByItself() {
        var run = run(
                new Step.Consent("roles", false),
                new Step.Consent("mixed", false),
                new Step.Revoke("roles", 1),
                new Step.Attest("roles", 1, 1000),
                new Step.Wait(1100),
                new Step.AskForAttestation("mixed", true),
                new Step.AttestPrerequisite("mixed", 500),
                new Step.Wait(2000));
        assertThat(run.violations()).isEmpty();
        assertThat(run.states()).containsKeys(ApplicationState.Attested, ApplicationState.ReconsentRequired);
    }

    private static HistoryRun run(Step... steps) {
        return new TruthRun(caBundle, Sabotage.NONE, System.out).run(List.of(steps), 1);
    }

    @Test
    void aFailingHistoryIsCutToTheStepsThatMakeItFail() {
        var failing = List.<Step>of(
                new Step.Wait(30),
                new Step.Consent("graph", false),
                new Step.Consent("roles", true),
                new Step.Disable("roles", 0),
                new Step.GrantSurplus("roles"),
                new Step.Wait(700));
        var blind = new TruthRun(
                caBundle,
                new Sabotage(
                        applications(it -> new ApplicationObservation(
                                it.servicePrincipal()
                                        .map(principal -> new ServicePrincipal(
                                                principal.id(),
                                                principal.appId(),
                                                principal.displayName(),
                                                true,
                                                Registration.Active)),
                                it.appRoleAssignments(),
                                it.delegatedGrants(),
                                it.deleted())),
                        Sabotage.NONE.propagation()),
                System.out);
        var first = blind.run(failing, 1).violations().getFirst();
        assertThat(blind.shrunk(failing, 1, first).steps())
                .hasSize(3)
                .contains(new Step.Consent("roles", true), new Step.Disable("roles", 0));
    }

    private static void assertCaught(Kind kind, UnaryOperator<TenantDirectory> broken) {
        assertCaught(kind, new Sabotage(broken, Sabotage.NONE.propagation()));
    }

    /** Runs histories until one shows it. */
    private static void assertCaught(Kind kind, Sabotage sabotage) {
        var run = new TruthRun(caBundle, sabotage, System.out);
        assertThat(IntStream.range(0, HISTORIES_TO_CATCH)
                        .mapToObj(history -> run.run(new HistoryGenerator(history).steps(100), history))
                        .flatMap(it -> it.violations().stream())
                        .map(Violation::kind)
                        .filter(kind::equals)
                        .findFirst())
                .contains(kind);
    }

    /** Whoever asks for a part again right after gets what was seen already. */
    private static TenantDirectory sparing(TenantDirectory directory) {
        var last = new AtomicReference<TenantObservation>();
        var asked = new AtomicReference<TenantQuery>();
        return query -> {
            var again = Optional.ofNullable(asked.get())
                    .filter(it ->
                            it.applications().size() > query.applications().size()
                                    && it.applications().containsAll(query.applications()))
                    .isPresent();
            asked.set(again ? null : query);
            if (!again) {
                last.set(directory.read(query));
            }
            return last.get();
        };
    }

    private static UnaryOperator<TenantDirectory> applications(UnaryOperator<ApplicationObservation> change) {
        return directory -> query -> {
            var seen = directory.read(query);
            return new TenantObservation(
                    seen.readAt(),
                    map(
                            seen.applications(),
                            all -> all.entrySet().stream()
                                    .collect(Collectors.toUnmodifiableMap(
                                            Map.Entry::getKey, it -> change.apply(it.getValue())))),
                    seen.resources());
        };
    }

    private static <T> Reading<T> map(Reading<T> reading, UnaryOperator<T> change) {
        return reading.ifComplete().map(it -> Reading.of(change.apply(it))).orElse(reading);
    }
}
