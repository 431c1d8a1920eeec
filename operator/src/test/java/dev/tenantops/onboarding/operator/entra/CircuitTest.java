package dev.tenantops.onboarding.operator.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.entra.Circuit.State;
import dev.tenantops.onboarding.operator.entra.Circuit.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a service is taken for dead, and how it is found alive again. */
class CircuitTest {

    private final List<State> changes = new ArrayList<>();
    private long nanos;
    private double random;
    private final Circuit<String> circuit = new Circuit<>(() -> nanos, () -> random, changes::add);

    @Test
    void threeTenantsWithoutAnAnswerOpenIt() {
        fail("one", "no answer");
        fail("two", "no answer");
        assertThat(circuit.enter("three")).isInstanceOf(Way.Free.class);
        fail("three", "no answer in time");
        assertThat(circuit.enter("four")).isEqualTo(new Way.Barred<>("no answer in time"));
        assertThat(changes).containsExactly(new State(true, Circuit.SHORTEST));
    }

    @Test
    void aTenantThatHangsAloneOpensNothing() {
        for (int time = 0; time < 10; time++) {
            fail("one", "no answer");
            fail("two", "no answer");
        }
        assertThat(circuit.enter("three")).isInstanceOf(Way.Free.class);
        assertThat(changes).isEmpty();
    }

    @Test
    void anAnswerInBetweenStartsTheCountAnew() {
        fail("one", "no answer");
        fail("two", "no answer");
        answer("three");
        fail("four", "no answer");
        fail("five", "no answer");
        assertThat(circuit.enter("six")).isInstanceOf(Way.Free.class);
        assertThat(changes).isEmpty();
    }

    @Test
    void oneAtATimeTriesAgain() {
        open();
        pass(Circuit.SHORTEST.minusNanos(1));
        assertThat(circuit.enter("four")).isInstanceOf(Way.Barred.class);
        pass(Duration.ofNanos(1));
        Way<String> trial = circuit.enter("four");
        assertThat(trial).isInstanceOf(Way.Free.class);
        assertThat(circuit.enter("five")).isInstanceOf(Way.Barred.class);
        free(trial).answered();
        assertThat(circuit.enter("five")).isInstanceOf(Way.Free.class);
        assertThat(circuit.enter("six")).isInstanceOf(Way.Free.class);
        assertThat(changes).last().isEqualTo(new State(false, Duration.ZERO));
    }

    @Test
    void eachTrialWithoutAnAnswerOpensItForLongerUpToALimit() {
        open();
        List<Duration> pauses = new ArrayList<>();
        for (int trial = 0; trial < 6; trial++) {
            Duration pause = Duration.ZERO;
            Way<String> way = circuit.enter("trial " + trial);
            while (way instanceof Way.Barred) {
                pause = pause.plusSeconds(1);
                pass(Duration.ofSeconds(1));
                way = circuit.enter("trial " + trial);
            }
            pauses.add(pause);
            free(way).unanswered("still no answer");
        }
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(5L, 10L, 20L, 30L, 30L, 30L);
        assertThat(changes).as("noticed once").hasSize(1);
    }

    @Test
    void operatorsDoNotTryInStep() {
        random = 1;
        open();
        pass(Duration.ofSeconds(4));
        assertThat(circuit.enter("four")).isInstanceOf(Way.Free.class);
    }

    @Test
    void whatWasUnderWayWhenItOpenedDoesNotKeepItOpen() {
        List<Way<String>> underWay =
                List.of(circuit.enter("four"), circuit.enter("five"), circuit.enter("six"), circuit.enter("seven"));
        open();
        pass(Circuit.SHORTEST);
        Way<String> trial = circuit.enter("eight");
        underWay.forEach(it -> free(it).unanswered("no answer either"));
        assertThat(circuit.enter("nine")).as("a trial is under way").isEqualTo(new Way.Barred<>("no answer"));
        free(trial).answered();
        assertThat(circuit.enter("nine")).isInstanceOf(Way.Free.class);
    }

    @Test
    void whatWasUnderWayWhenItClosedDoesNotOpenItAgain() {
        List<Way<String>> underWay = List.of(circuit.enter("four"), circuit.enter("five"), circuit.enter("six"));
        open();
        pass(Circuit.SHORTEST);
        answer("seven");
        underWay.forEach(it -> free(it).unanswered("no answer either"));
        assertThat(circuit.enter("eight")).isInstanceOf(Way.Free.class);
    }

    @Test
    void aTrialThatWasGivenUpLeavesItsTurnToTheNext() {
        open();
        pass(Circuit.SHORTEST);
        free(circuit.enter("four")).close();
        assertThat(circuit.enter("five")).isInstanceOf(Way.Free.class);
    }

    @Test
    void theTenantThatWasTriedLastLetsOthersGoFirst() {
        open();
        pass(Circuit.SHORTEST);
        fail("four", "no answer");
        pass(Circuit.SHORTEST.multipliedBy(2));
        assertThat(circuit.enter("four")).isInstanceOf(Way.Barred.class);
        assertThat(circuit.enter("five")).isInstanceOf(Way.Free.class);
    }

    @Test
    void aTenantThatIsAloneIsTriedAgainAllTheSame() {
        open();
        pass(Circuit.SHORTEST);
        fail("four", "no answer");
        pass(Circuit.SHORTEST.multipliedBy(2).plus(Circuit.LONGEST));
        assertThat(circuit.enter("four")).isInstanceOf(Way.Free.class);
    }

    private void open() {
        fail("one", "no answer");
        fail("two", "no answer");
        fail("three", "no answer");
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void fail(String tenantId, String why) {
        try (Way.Free<String> way = free(circuit.enter(tenantId))) {
            way.unanswered(why);
        }
    }

    private void answer(String tenantId) {
        try (Way.Free<String> way = free(circuit.enter(tenantId))) {
            way.answered();
        }
    }

    private static Way.Free<String> free(Way<String> way) {
        return (Way.Free<String>) way;
    }
}
