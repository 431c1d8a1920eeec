package dev.tenantops.onboarding.operator.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CheckScheduleTest {

    private static final Duration DISTANCE = Duration.ofSeconds(1);
    private static final Duration INTERVAL = Duration.ofMinutes(5);
    private static final ObjectKey CONTOSO = new ObjectKey("customer-contoso", "contoso");

    private long nanos = TimeUnit.DAYS.toNanos(1);
    private final CheckSchedule schedule = new CheckSchedule(4, DISTANCE, () -> nanos);

    @BeforeEach
    void open() {
        schedule.open();
    }

    @Test
    void nothingIsScheduledOnAReplicaThatDoesNotLead() {
        var standby = new CheckSchedule(4, DISTANCE, () -> nanos);
        standby.request(CONTOSO);
        know(standby, CONTOSO, 1);
        assertThat(standby.size()).isZero();
        assertThat(standby.overdue(CONTOSO)).isEmpty();
    }

    @Test
    void theNextLookComesAfterItsIntervalAndNotBefore() throws Exception {
        schedule.request(CONTOSO);
        schedule.done(take(), INTERVAL);
        pass(INTERVAL.minusMillis(1));
        assertThat(isDue()).isFalse();
        pass(Duration.ofMillis(1));
        assertThat(take()).isEqualTo(CONTOSO);
    }

    @Test
    void aRequestDuringALookIsNotLost() throws Exception {
        schedule.request(CONTOSO);
        var underWay = take();
        schedule.request(CONTOSO);
        assertThat(isDue()).isFalse();
        schedule.done(underWay, INTERVAL);
        pass(DISTANCE);
        assertThat(take()).isEqualTo(CONTOSO);
    }

    @Test
    void looksAtOneObjectKeepADistanceHoweverOftenTheyAreAskedFor() throws Exception {
        schedule.request(CONTOSO);
        schedule.done(take(), INTERVAL);
        schedule.request(CONTOSO);
        schedule.request(CONTOSO);
        assertThat(isDue()).isFalse();
        pass(DISTANCE);
        schedule.done(take(), INTERVAL);
        pass(DISTANCE);
        assertThat(isDue()).isFalse();
    }

    @Test
    void anObjectThatNobodyReportedIsLookedAt() throws Exception {
        know(schedule, CONTOSO, 1);
        assertThat(take()).isEqualTo(CONTOSO);
    }

    @Test
    void aChangeThatNobodyReportedIsLookedAt() throws Exception {
        know(schedule, CONTOSO, 1);
        look(CONTOSO, 1);
        know(schedule, CONTOSO, 1);
        assertThat(isDue()).isFalse();
        know(schedule, CONTOSO, 2);
        pass(DISTANCE);
        assertThat(take()).isEqualTo(CONTOSO);
    }

    @Test
    void anotherObjectOfTheSameNameIsLookedAt() throws Exception {
        know(schedule, CONTOSO, 1);
        look(CONTOSO, 1);
        schedule.know(CONTOSO, "another uid", 1, () -> Duration.ZERO);
        pass(DISTANCE);
        assertThat(take()).isEqualTo(CONTOSO);
    }

    @Test
    void whatIsGoneIsForgottenUnlessItCameBackMeanwhile() throws Exception {
        schedule.request(CONTOSO);
        schedule.gone(take());
        assertThat(schedule.size()).isZero();
        schedule.request(CONTOSO);
        pass(DISTANCE);
        var underWay = take();
        schedule.request(CONTOSO);
        schedule.gone(underWay);
        pass(DISTANCE);
        assertThat(take()).isEqualTo(CONTOSO);
    }

    @Test
    void whatIsNotThereAnyMoreIsForgotten() throws Exception {
        schedule.request(CONTOSO);
        schedule.done(take(), INTERVAL);
        schedule.retain(Set.of());
        pass(INTERVAL);
        assertThat(isDue()).isFalse();
    }

    @Test
    void noMoreThanSoManyAreUnderWay() throws Exception {
        request("customer-contoso", 6);
        for (int i = 0; i < 4; i++) {
            take();
        }
        assertThat(isDue()).isFalse();
    }

    @Test
    void namespacesTakeTurns() throws Exception {
        request("many", 100);
        request("few", 2);
        var order = new ArrayList<String>();
        for (int i = 0; i < 4; i++) {
            var key = take();
            order.add(key.namespace());
            schedule.done(key, INTERVAL);
        }
        assertThat(order).containsExactlyInAnyOrder("many", "few", "many", "few");
    }

    @Test
    void whatHangsInOneNamespaceLeavesTurnsForTheOthers() throws Exception {
        request("hanging", 100);
        request("others", 1);
        var hanging = new ArrayList<ObjectKey>();
        while (isDue()) {
            var key = take();
            if (key.namespace().equals("others")) {
                schedule.done(key, DISTANCE);
            } else {
                hanging.add(key);
            }
        }
        assertThat(hanging).hasSizeLessThan(4);
        for (int i = 0; i < 10; i++) {
            pass(DISTANCE);
            schedule.done(take(), DISTANCE);
        }
    }

    @Test
    void oneNamespaceAloneHasAllTurns() throws Exception {
        request("only", 100);
        assertThat(List.of(take(), take(), take(), take())).hasSize(4);
    }

    @Test
    void howLateALookIsCanBeSeenUntilItHasEnded() throws Exception {
        schedule.request(CONTOSO);
        pass(Duration.ofSeconds(5));
        assertThat(schedule.overdue(CONTOSO)).contains(Duration.ofSeconds(5));
        var underWay = take();
        pass(Duration.ofSeconds(5));
        assertThat(schedule.overdue(CONTOSO)).contains(Duration.ofSeconds(10));
        schedule.done(underWay, INTERVAL);
        assertThat(schedule.overdue(CONTOSO)).contains(INTERVAL.negated());
    }

    @Test
    void aNewLeaderTakesItsTimeWithWhatIsFresh() throws Exception {
        schedule.know(CONTOSO, "uid", 1, () -> Duration.ofSeconds(90));
        pass(Duration.ofSeconds(89));
        assertThat(isDue()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(take()).isEqualTo(CONTOSO);
    }

    private void request(String namespace, int objects) {
        IntStream.range(0, objects).forEach(it -> schedule.request(new ObjectKey(namespace, "object-" + it)));
    }

    private void look(ObjectKey key, long generation) throws InterruptedException {
        assertThat(take()).isEqualTo(key);
        schedule.looksAt(key, "uid", generation);
        schedule.done(key, INTERVAL);
    }

    private static void know(CheckSchedule schedule, ObjectKey key, long generation) {
        schedule.know(key, "uid", generation, () -> Duration.ZERO);
    }

    private boolean isDue() {
        return schedule.isDue();
    }

    private ObjectKey take() throws InterruptedException {
        assertThat(isDue()).isTrue();
        return schedule.take().orElseThrow();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }
}
