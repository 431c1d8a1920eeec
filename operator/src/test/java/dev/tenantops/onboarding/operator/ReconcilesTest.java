package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ReconcilesTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Reconciles reconciles = new Reconciles(1);

    @Test
    void whoeverWaitsGetsATurnWhenAnotherLeaves() throws Exception {
        assertThat(reconciles.enter()).isTrue();
        var waiting = reconciles.executor().submit(reconciles::enter);
        reconciles.leave();
        assertThat(waiting.get()).isTrue();
    }

    @Test
    void whoeverWaitsGivesUpWhenTheOperatorEnds() throws Exception {
        assertThat(reconciles.enter()).isTrue();
        var first = reconciles.executor().submit(reconciles::enter);
        var second = reconciles.executor().submit(reconciles::enter);
        reconciles.end();
        reconciles.leave();
        assertThat(first.get()).isFalse();
        assertThat(second.get()).isFalse();
    }

    @Test
    void theyHaveEndedWhenTheLastOneHas() throws Exception {
        assertThat(reconciles.ended(Duration.ZERO)).isFalse();
        reconciles.executor().shutdown();
        assertThat(reconciles.ended(LIMIT)).isTrue();
    }
}
