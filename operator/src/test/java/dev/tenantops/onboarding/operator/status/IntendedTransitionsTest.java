package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.report.Transition;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An Event warns of what somebody has to look at, never of what a person just asked for. */
class IntendedTransitionsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final Story story = new Story();

    @BeforeEach
    void setUp() {
        story.check(StatusBuilderTest.granted(START));
    }

    @Test
    void aSuspensionIsTold() {
        story.suspended(true);
        assertThat(check(10)).extracting(Transition::reason).containsExactly("Suspended");
    }

    @Test
    void aSuspensionIsNoWarning() {
        story.suspended(true);
        assertThat(check(10)).isNotEmpty().noneMatch(Transition::warning);
    }

    @Test
    void aResumptionIsNoWarning() {
        story.suspended(true);
        check(10);
        story.suspended(false);
        assertThat(check(20)).isNotEmpty().noneMatch(Transition::warning);
    }

    @Test
    void whatMayBeOnItsWayIsNoWarningUntilItIsLost() {
        assertThat(check(lost(10)))
                .anyMatch(it -> it.reason().equals("Propagating"))
                .noneMatch(Transition::warning);
        assertThat(check(lost(300))).anyMatch(it -> it.warning() && it.reason().equals("ConsentRevoked"));
    }

    private List<Transition> check(int seconds) {
        return check(StatusBuilderTest.granted(START.plusSeconds(seconds)));
    }

    private List<Transition> check(TenantObservation observation) {
        var before = story.status().conditions();
        return Transition.between(before, story.check(observation).conditions());
    }

    private static TenantObservation lost(int seconds) {
        return TenantFixture.of(START.plusSeconds(seconds)).observation();
    }
}
