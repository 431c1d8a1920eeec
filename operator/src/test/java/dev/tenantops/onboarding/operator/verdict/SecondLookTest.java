package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When one reading is not enough, and what two of them prove. */
class SecondLookTest extends ApplicationJudging {

    private final Memory granted = judge(console, granted()).memory();

    @Test
    void anUnchangedTenantIsReadOnce() {
        assertThat(isDue(granted, later())).isFalse();
        assertThat(isDue(granted, nothing().application(Samples.PRESENCE).application(Samples.CONSOLE)))
                .isTrue();
        var missing = judge(console, nothing()).memory();
        assertThat(isDue(missing, nothing())).isFalse();
    }

    @Test
    void whatTakesAGrantBackIsReadAgain() {
        assertThat(isDue(granted, nothing())).isTrue();
        assertThat(isDue(granted, part())).isTrue();
        assertThat(isDue(granted, later().disabled(Samples.CONSOLE))).isTrue();
        assertThat(isDue(granted, later().resourceDisabled("acs"))).isTrue();
        assertThat(isDue(granted, later().withoutResource("acs"))).isTrue();
    }

    @Test
    void whatIsAwaitedAlreadyIsNotReadTwice() {
        var waiting = judge(console, part(), granted).memory();
        assertThat(isDue(waiting, part())).isFalse();
        assertThat(isDue(waiting, nothing().application(Samples.CONSOLE))).isTrue();
    }

    @Test
    void whatIsNotKnownTakesNothingBack() {
        assertThat(isDue(Memory.NONE, nothing())).isFalse();
        assertThat(isDue(granted.outdated(), nothing())).isFalse();
        assertThat(SecondLook.isDue(granted, new Unread(console, failure()))).isFalse();
    }

    @Test
    void aConsentThatComesIsBelievedAtOnce() {
        assertThat(isDue(judge(console, nothing()).memory(), later())).isFalse();
        assertThat(isDue(judge(console, nothing()).memory(), part())).isFalse();
    }

    @Test
    void twoReadingsThatAgreePublishIt() {
        var settled = (Proven) settled(part(), part());
        assertThat(settled.state()).isEqualTo(ApplicationState.Propagating);
        assertThat(settled.awaited()).containsExactly(USER_READ_ALL);
        assertThat(settled.settled()).isTrue();
    }

    @Test
    void ofTwoThatDisagreeNeitherFlipsAnythingAndItIsLookedAtSoon() {
        var settled = (Proven) settled(nothing(), later());
        assertThat(settled.state()).isEqualTo(ApplicationState.Granted);
        assertThat(settled.memory().vanished()).isEmpty();
        assertThat(recheck(settled)).isEqualTo(Duration.ofSeconds(30));
        assertThat(recheck(judge(console, later(), granted))).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void twoThatMissSomethingElseEachProveNothing() {
        var other = nothing().application(Samples.CONSOLE).grant("graph", "User.Read.All");
        var settled = settled(part(), other);
        assertThat(settled).isInstanceOf(Unread.class);
        assertThat(recheck(settled)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aSecondReadingThatFailsConfirmsNothing() {
        var first = judge(console, nothing(), granted);
        var settled = SecondLook.settled(first, new Unread(console, failure()), granted);
        assertThat(settled).isInstanceOf(Unread.class);
        assertThat(((Unread) settled).failure().message()).contains("no answer");
        assertThat(recheck(settled)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void oneThatIsGoneAndOneThatIsDisabledAgreeThatItIsNotUsable() {
        var settled = (Proven) settled(nothing(), later().disabled(Samples.CONSOLE));
        assertThat(settled.state()).isEqualTo(ApplicationState.ApplicationDisabled);
    }

    private boolean isDue(Memory memory, TenantFixture tenant) {
        return SecondLook.isDue(memory, judge(console, tenant, memory));
    }

    private ApplicationVerdict settled(TenantFixture first, TenantFixture second) {
        return SecondLook.settled(judge(console, first, granted), judge(console, second, granted), granted);
    }

    private static Duration recheck(ApplicationVerdict verdict) {
        var delay = new RecheckDelay(
                new Propagation(Duration.ofSeconds(30), Duration.ofMinutes(2)), Duration.ofSeconds(30));
        return delay.after(
                new OnboardingVerdict(NOW, List.of(), List.of(), List.of(verdict), List.of(), List.of()),
                Duration.ofMinutes(5),
                Optional.empty(),
                _ -> Optional.empty(),
                Optional.empty(),
                0.5);
    }

    private static TenantFixture later() {
        return grantedAt(NOW.plusSeconds(300));
    }

    private static TenantFixture nothing() {
        return TenantFixture.of(NOW.plusSeconds(300));
    }

    private static TenantFixture part() {
        return nothing().application(Samples.CONSOLE).grant("acs", "Teams.ManageCalls");
    }

    private static Failure failure() {
        return Failure.of(Failure.Reason.GraphUnavailable, "no answer", "Wait.");
    }
}
