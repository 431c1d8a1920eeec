package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.operator.desired.CloudEndpoints;
import dev.tenantops.onboarding.operator.entra.ExpensiveReadings.Admission;
import dev.tenantops.onboarding.operator.entra.ExpensiveReadings.Turn;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** Readings that take much memory: few at once, and no queue. */
class ExpensiveReadingsTest {

    private static final CloudEndpoints GLOBAL = CloudEndpoints.of(Cloud.Global).orElseThrow();
    private static final CloudEndpoints CHINA = CloudEndpoints.of(Cloud.China).orElseThrow();
    private static final BooleanSupplier NEEDED = () -> false;
    private static final Failure NO_ANSWER = Failure.of(Reason.GraphUnavailable, "No answer.", "Wait.");

    private final ExpensiveReadings patient = new ExpensiveReadings(Duration.ofMinutes(5));
    private Thread waiting;

    @Test
    void whoGetsNoTurnSoonComesBackUntried() {
        ExpensiveReadings readings = new ExpensiveReadings(Duration.ofMillis(10));
        turn(readings, GLOBAL);
        turn(readings, GLOBAL);
        assertThat(readings.enter(GLOBAL, NEEDED))
                .isInstanceOfSatisfying(
                        Admission.Refused.class,
                        it -> assertThat(it.failure())
                                .returns(true, Failure::untried)
                                .returns(Reason.GraphUnavailable, Failure::reason));
    }

    @Test
    void aCloudThatHangsLeavesATurnToAnother() {
        turn(patient, GLOBAL);
        turn(patient, GLOBAL);
        assertThat(patient.enter(CHINA, NEEDED)).isInstanceOf(Turn.class);
    }

    @Test
    void whoWaitsHasTheFailureOfTheOneThatGotNoAnswer() throws Exception {
        Turn first = turn(patient, GLOBAL);
        turn(patient, GLOBAL);
        CompletableFuture<Admission> third = wait(GLOBAL, NEEDED);
        first.failed(NO_ANSWER);
        first.close();
        assertThat(third.get(10, TimeUnit.SECONDS)).isEqualTo(new Admission.Refused(NO_ANSWER.ofAnother()));
        assertThat(patient.enter(GLOBAL, NEEDED)).as("who comes later").isInstanceOf(Turn.class);
    }

    @Test
    void theFailureOfACloudIsNotThatOfAnother() throws Exception {
        Turn first = turn(patient, GLOBAL);
        turn(patient, GLOBAL);
        turn(patient, CHINA);
        CompletableFuture<Admission> other = wait(CHINA, NEEDED);
        first.failed(NO_ANSWER);
        first.close();
        assertThat(other.get(10, TimeUnit.SECONDS)).isInstanceOf(Turn.class);
    }

    @Test
    void whoWaitsGoesOnWithWhatTheOthersRead() throws Exception {
        AtomicBoolean read = new AtomicBoolean();
        Turn first = turn(patient, GLOBAL);
        turn(patient, GLOBAL);
        CompletableFuture<Admission> third = wait(GLOBAL, read::get);
        read.set(true);
        first.close();
        assertThat(third.get(10, TimeUnit.SECONDS)).isEqualTo(new Admission.Needless());
    }

    @Test
    void aTurnThatEndsWithoutAnythingGoesToTheNext() throws Exception {
        Turn first = turn(patient, GLOBAL);
        turn(patient, GLOBAL);
        CompletableFuture<Admission> third = wait(GLOBAL, NEEDED);
        first.close();
        assertThat(third.get(10, TimeUnit.SECONDS)).isInstanceOf(Turn.class);
    }

    @Test
    void whoWaitsCanBeInterrupted() throws Exception {
        turn(patient, GLOBAL);
        turn(patient, GLOBAL);
        CompletableFuture<Admission> third = wait(GLOBAL, NEEDED);
        waiting.interrupt();
        assertThat(third.get(10, TimeUnit.SECONDS)).isInstanceOf(Admission.Refused.class);
    }

    private CompletableFuture<Admission> wait(CloudEndpoints cloud, BooleanSupplier needless) {
        CompletableFuture<Admission> answer = new CompletableFuture<>();
        waiting = Thread.ofPlatform().start(() -> answer.complete(patient.enter(cloud, needless)));
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        return answer;
    }

    private static Turn turn(ExpensiveReadings readings, CloudEndpoints cloud) {
        return (Turn) readings.enter(cloud, NEEDED);
    }
}
