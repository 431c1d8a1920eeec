package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.TenantOnboarding;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CheckScheduleTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final CheckSchedule schedule = new CheckSchedule();
    private final TenantOnboarding onboarding = new TenantOnboarding();

    CheckScheduleTest() {
        onboarding.setMetadata(new ObjectMetaBuilder().withUid("uid").build());
    }

    @Test
    void nothingIsDueOnAPodThatDoesNotVerify() {
        assertThat(schedule.due(onboarding)).isEmpty();
    }

    @Test
    void aCheckIsDueFromWhenItIsWantedUntilItsEnd() {
        schedule.wanted(onboarding, NOON);
        assertThat(schedule.due(onboarding)).contains(NOON);
        schedule.done(onboarding, NOON.plusSeconds(300));
        assertThat(schedule.due(onboarding)).contains(NOON.plusSeconds(300));
    }

    @Test
    void aCheckThatStartsLateWasDueBefore() {
        schedule.done(onboarding, NOON);
        schedule.wanted(onboarding, NOON.plusSeconds(90));
        assertThat(schedule.due(onboarding)).contains(NOON);
    }

    @Test
    void aCheckThatFailsAgainAndAgainStaysDueFromTheFirstTime() {
        schedule.wanted(onboarding, NOON);
        schedule.wanted(onboarding, NOON.plusSeconds(5));
        assertThat(schedule.due(onboarding)).contains(NOON);
    }

    @Test
    void aCheckThatIsAskedForBeforeTheNextIsDueNow() {
        schedule.done(onboarding, NOON.plusSeconds(300));
        schedule.wanted(onboarding, NOON.plusSeconds(10));
        assertThat(schedule.due(onboarding)).contains(NOON.plusSeconds(10));
    }
}
