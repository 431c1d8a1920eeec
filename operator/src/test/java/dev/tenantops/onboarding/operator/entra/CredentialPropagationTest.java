package dev.tenantops.onboarding.operator.entra;

import static dev.tenantops.onboarding.operator.entra.Laboratory.OTHER_TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.TENANT;
import static dev.tenantops.onboarding.operator.entra.Laboratory.VERIFIER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.VirtualClock;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Remedy;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.observe.TenantQuery;
import dev.tenantops.onboarding.operator.observe.Verifier.Credential;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Effect;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.Fault;
import dev.tenantops.onboarding.sandbox.microsoft.traffic.RequestKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a credential while Entra ID's replicas do not all know it. */
class CredentialPropagationTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final int MANY = 300;

    private final VirtualClock clock = new VirtualClock(START);

    @AutoClose
    private Laboratory laboratory;

    @BeforeEach
    void start() {
        laboratory = new Laboratory(clock);
    }

    @ParameterizedTest
    @ValueSource(ints = {7000215, 700027, 70021, 700211, 700212, 700213})
    void aCredentialThatChangedAMomentAgoMayNotHaveArrivedUntilThatLasts(int code) {
        refuseAll(code);
        clock.advance(Duration.ofSeconds(299));
        var arriving = failure(read(TENANT, START));
        assertThat(arriving.reason()).isEqualTo(Reason.CredentialsPropagating);
        assertThat(arriving.message())
                .contains(
                        "AADSTS" + code,
                        VERIFIER,
                        TENANT,
                        "has not arrived everywhere",
                        "new since 2026-03-01T12:00:00Z");
        assertThat(arriving.remedy())
                .isInstanceOfSatisfying(
                        Remedy.Instruction.class,
                        it -> assertThat(it.text())
                                .startsWith("Wait: the operator tries again within seconds.")
                                .contains("until 2026-03-01T12:05:00Z: The vendor has to"));

        clock.advance(Duration.ofSeconds(1));
        assertThat(failure(read(TENANT, START)).reason()).isEqualTo(Reason.CredentialsInvalid);
    }

    @ParameterizedTest
    @CsvSource({
        "7000222, CredentialsExpired",
        "7000218, CredentialsInvalid",
        "7000229, VerifierConsentRequired",
        "5000211, TenantRestricted",
        "53003, ConditionalAccessBlocked"
    })
    void whatTimeDoesNotMendIsSaidAtOnce(int code, Reason reason) {
        refuseAll(code);
        assertThat(failure(read(TENANT, START)).reason()).isEqualTo(reason);
    }

    @Test
    void aClockThatWasSetBackExcusesNothingForLong() {
        refuseAll(7000215);
        clock.step(Duration.ofHours(-1));
        assertThat(failure(read(TENANT, START)).reason()).isEqualTo(Reason.CredentialsInvalid);
    }

    @Test
    void aReplicaThatIsBehindIsTriedUntilItKnows() {
        laboratory.tenants.behaviour().credentialLags(Duration.ofHours(1), Duration.ZERO);
        laboratory.tenants.rotateSecret(VERIFIER, "the new secret");
        laboratory.use(new Credential.ClientSecret("2", "the new secret"));

        assertThat(failure(read(TENANT, START)).reason()).isEqualTo(Reason.CredentialsPropagating);
        assertThat(read(TENANT, START).applications().ifComplete()).isPresent();
    }

    @Test
    void aTenantIsNotTakenAtItsWordWhileOthersSignInWithTheSameCredential() {
        assertThat(read(OTHER_TENANT, null).applications().ifComplete()).isPresent();
        laboratory.tenants.fail(
                Fault.on(RequestKind.TOKEN, Effect.aadsts(7000215)).inTenant(TENANT));

        var doubtful = failure(read(TENANT, null));
        assertThat(doubtful.reason()).isEqualTo(Reason.CredentialsPropagating);
        assertThat(doubtful.message()).contains("Entra ID took the same a moment ago");

        clock.advance(Duration.ofMinutes(5));
        assertThat(failure(read(TENANT, null)).reason()).isEqualTo(Reason.CredentialsInvalid);
    }

    @Test
    void anotherCredentialIsJudgedByItself() {
        assertThat(read(OTHER_TENANT, null).applications().ifComplete()).isPresent();
        laboratory.use(new Credential.ClientSecret("2", "wrong"));

        assertThat(failure(read(TENANT, null)).reason()).isEqualTo(Reason.CredentialsInvalid);
    }

    @Test
    void oneTenantTriesForManyWhileTheyWait() {
        refuseAll(7000215);
        var reasons = IntStream.range(0, MANY)
                .mapToObj(it -> failure(read(tenant(it), START)))
                .toList();

        assertThat(reasons).allMatch(it -> it.reason() == Reason.CredentialsPropagating);
        assertThat(reasons.getLast().message()).contains(tenant(MANY - 1));
        assertThat(reasons.getLast().untried()).isTrue();
        assertThat(signIns()).isEqualTo(Circuit.TENANTS);

        clock.advance(Circuit.LONGEST);
        IntStream.range(0, MANY).forEach(it -> read(tenant(it), START));
        assertThat(signIns()).isEqualTo(Circuit.TENANTS + 1);
    }

    @Test
    void whatTheOneFindsServesAll() {
        refuseAll(7000215);
        IntStream.range(0, MANY).forEach(it -> read(tenant(it), START));
        laboratory.tenants.heal();
        clock.advance(Circuit.LONGEST);

        assertThat(read(TENANT, START).applications().ifComplete()).isPresent();
        assertThat(read(OTHER_TENANT, START).applications().ifComplete()).isPresent();
    }

    @Test
    void nobodyIsCalledWrongByAnothersAnswer() {
        refuseAll(7000215);
        IntStream.range(0, MANY).forEach(it -> read(tenant(it), START));
        var before = signIns();
        clock.advance(Duration.ofMinutes(5));

        IntStream.range(0, MANY)
                .forEach(it -> assertThat(failure(read(tenant(it), START)))
                        .returns(Reason.CredentialsInvalid, Failure::reason)
                        .returns(false, Failure::untried));
        assertThat(signIns()).isEqualTo(before + MANY);
    }

    private void refuseAll(int code) {
        laboratory.tenants.fail(Fault.on(RequestKind.TOKEN, Effect.aadsts(code)));
    }

    private long signIns() {
        return laboratory.simulator.requests().count(RequestKind.TOKEN);
    }

    private static String tenant(int number) {
        return "3c1f6d0e-0000-4000-9000-%012d".formatted(number);
    }

    /** @param since since when the credential may be on its way; null if it has been there for long */
    private TenantObservation read(String tenantId, Instant since) {
        var verifier =
                Optional.ofNullable(since).map(laboratory.verifier()::since).orElseGet(laboratory::verifier);
        return laboratory.directory.read(
                new TenantQuery(laboratory.cloud(), tenantId, verifier, List.of(), Set.of(Laboratory.GRAPH), false));
    }

    private static Failure failure(TenantObservation seen) {
        return seen.applications().ifFailed().orElseThrow();
    }
}
