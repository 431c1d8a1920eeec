package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Times;
import dev.tenantops.onboarding.operator.OnboardingPipeline.CheckResult;
import dev.tenantops.onboarding.operator.delivery.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CheckVerdictTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration FRESHNESS = Duration.ofMinutes(15);

    private final VirtualClock clock = new VirtualClock(NOON);
    private final List<ObjectKey> again = new ArrayList<>();
    private final TenantOnboarding judged = onboarding("contoso");
    private final TenantOnboardingStatus green = green();
    private final CheckVerdict verdict = CheckVerdict.of(
            judged,
            new CheckResult(green, Duration.ZERO, _ -> Optional.of(TenantOnboardingStatus.initial())),
            again::add,
            clock);

    @Test
    void theOnboardingThatWasCheckedGetsTheStatusOfTheCheck() {
        assertThat(verdict.status(judged)).contains(green);
        assertThat(verdict.lean().status(judged)).contains(green);
        assertThat(again).isEmpty();
    }

    @Test
    void oneThatHasChangedIsJudgedByTheSameReadings() {
        assertThat(verdict.status(onboarding("contoso"))).contains(TenantOnboardingStatus.initial());
        assertThat(again).isEmpty();
    }

    @Test
    void oneThatHasChangedIsLookedAtOnceMoreWhereTheReadingsAreGone() {
        assertThat(verdict.lean().status(onboarding("contoso"))).isEmpty();
        assertThat(again).containsExactly(ObjectKey.of(judged));
        assertThat(verdict.lean().lean().status(onboarding("contoso"))).isEmpty();
    }

    @Test
    void whatHasEndedWhileItWaitedIsNotClaimedAnyMore() {
        clock.advance(FRESHNESS.plusSeconds(1));
        for (var waiting : List.of(verdict, verdict.lean())) {
            assertThat(waiting.status(judged).orElseThrow().condition(ConditionType.READY))
                    .hasValueSatisfying(it -> assertThat(it.reason()).isEqualTo("NotVerified"));
        }
    }

    private static TenantOnboarding onboarding(String name) {
        var onboarding = new TenantOnboarding();
        onboarding.getMetadata().setNamespace("customers");
        onboarding.getMetadata().setName(name);
        return onboarding;
    }

    private static TenantOnboardingStatus green() {
        return new TenantOnboardingStatus(
                new Handled(1, null),
                Customer.UNKNOWN,
                new Progress("1/1", null),
                new Times(NOON.toString(), NOON.plus(FRESHNESS).toString()),
                Entries.NONE,
                List.of(new Condition(ConditionType.READY, Status.True, 1, NOON.toString(), "Onboarded", "It is.")));
    }
}
