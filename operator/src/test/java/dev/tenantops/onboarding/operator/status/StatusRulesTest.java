package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.runbook.Runbook;
import dev.tenantops.onboarding.operator.runbook.Runbooks;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What kstatus, Flux and people rely on holds in whatever order things happen. */
class StatusRulesTest {

    private static final int STEPS = 400;
    private static final String DOWNGRADED = Samples.ONBOARDING.replace("[common, extend]", "[common]");
    private static final Map<String, ApplicationCatalog> CATALOGS = Map.of("heedify", Samples.catalog(Samples.CATALOG));

    private static final Map<String, Runbook> RUNBOOKS = Runbooks.ofReasons();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void everyStatusOfARandomHistoryKeepsTheRules(long seed) {
        var random = new Random(seed);
        var story = new Story();
        var now = Instant.parse("2026-03-01T12:00:00Z");
        var provenAt = new HashMap<String, Instant>();
        for (int step = 0; step < STEPS; step++) {
            now = now.plusSeconds(1 + random.nextInt(600));
            change(story, random);
            var observation = observation(random, now);
            var before = story.status();
            var status = story.check(observation);
            for (String clientId : granted(observation)) {
                provenAt.put(clientId, now);
            }
            var ready = status.condition(ConditionType.READY).orElseThrow();
            if (ready.status() == Status.True) {
                for (String clientId : story.needed()) {
                    assertThat(provenAt)
                            .as("seed %d step %d: never proven", seed, step)
                            .containsKey(clientId);
                    assertThat(Duration.between(provenAt.get(clientId), now))
                            .as("seed %d step %d: ready without fresh evidence", seed, step)
                            .isLessThanOrEqualTo(Story.FRESHNESS);
                }
            }
            assertRules(status, before, "seed " + seed + " step " + step);
        }
    }

    @Test
    void theSameCheckTwiceGivesTheSameStatus() {
        var random = new Random(42);
        var story = new Story();
        for (int step = 0; step < STEPS; step++) {
            change(story, random);
            var observation = observation(random, Instant.parse("2026-03-01T12:00:00Z"));
            story.check(observation);
            var settled = story.check(observation);
            assertThat(story.check(observation)).isEqualTo(settled);
        }
    }

    private static void assertRules(TenantOnboardingStatus status, TenantOnboardingStatus before, String where) {
        var ready = status.condition(ConditionType.READY).orElseThrow();
        var reconciling = status.condition(ConditionType.RECONCILING);
        var stalled = status.condition(ConditionType.STALLED);
        assertThat(reconciling.isPresent() && stalled.isPresent()).as(where).isFalse();
        assertThat(reconciling.isEmpty() || ready.status() == Status.Unknown)
                .as(where)
                .isTrue();
        assertThat(ready.status() != Status.Unknown || reconciling.isPresent())
                .as(where)
                .isTrue();
        assertThat(stalled.isEmpty() || ready.status() == Status.False)
                .as(where)
                .isTrue();
        assertThat(status.conditions()).as(where).allSatisfy(it -> {
            assertThat(it.observedGeneration()).isEqualTo(status.observedGeneration());
            assertThat(it.message()).isNotBlank().hasSizeLessThanOrEqualTo(1024);
            assertThat(RUNBOOKS).containsKey(it.reason());
            var owned = OwnedCondition.of(it.type()).orElseThrow();
            if (owned.blocksReady()) {
                assertThat(ConditionReason.all())
                        .as("the declared reasons of %s", it)
                        .anyMatch(reason -> reason.name().equals(it.reason()) && owned.owns(reason));
                assertThat(RUNBOOKS.get(it.reason()).tells(Runbook.ONBOARDING, it))
                        .as("the runbook of %s", it)
                        .isTrue();
            }
            before.condition(it.type())
                    .filter(old -> old.status() == it.status())
                    .ifPresent(old -> assertThat(it.lastTransitionTime()).isEqualTo(old.lastTransitionTime()));
        });
        assertThat(status.conditions()).as(where).extracting(Condition::type).doesNotHaveDuplicates();
        assertThat(status.applications())
                .as(where)
                .filteredOn(it -> it.state() == ApplicationState.NoLongerLicensed)
                .allSatisfy(it -> {
                    assertThat(it.consentUrl()).isNull();
                    assertThat(it.granted()).isEmpty();
                    assertThat(it.missing()).isEmpty();
                });
        if (ready.status() == Status.False) {
            assertThat(status.nextAction()).as(where).isNotBlank();
        }
        if (ready.status() == Status.True) {
            assertThat(status.nextAction() == null || !status.nextAction().startsWith("Ask"))
                    .as(where)
                    .isTrue();
        }
    }

    private static void change(Story story, Random random) {
        switch (random.nextInt(12)) {
            case 0 -> story.suspended(random.nextBoolean());
            case 1 -> story.wants(Samples.resolve(Samples.ONBOARDING, Map.of()));
            case 2, 3 -> story.wants(Samples.desired());
            case 4, 8 ->
                story.unreachable(
                        any(ProbeResult.Stage.values(), random),
                        any(ProbeResult.Reason.values(), random),
                        "it failed",
                        "Correct it");
            case 9 ->
                story.network(new ProbeResult.NotProven(
                        Story.trace(ProbeResult.Stage.WebSocketUpgrade), "it answered HTTP 401", "Name another URL"));
            case 5, 6 -> story.reachable();
            case 7 -> story.wants(seen -> Samples.resolve(DOWNGRADED, CATALOGS, seen));
            default -> {
                // Most of the time nobody edits anything.
            }
        }
    }

    private static <T> T any(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static TenantObservation observation(Random random, Instant now) {
        if (random.nextInt(4) == 0) {
            return TenantObservation.failed(
                    now, Failure.of(any(Failure.Reason.values(), random), "It failed.", "Wait."));
        }
        var tenant = TenantFixture.of(now);
        if (random.nextInt(6) != 0) {
            tenant.application(Samples.PRESENCE);
            if (random.nextInt(6) != 0) {
                tenant.role("graph", "Presence.Read.All");
            }
        }
        if (random.nextInt(6) != 0) {
            tenant.application(Samples.CONSOLE);
            if (random.nextInt(6) != 0) {
                tenant.grant("graph", "User.Read.All");
            }
            if (random.nextInt(6) != 0) {
                tenant.grant("acs", "Teams.ManageCalls");
            }
        }
        return tenant.observation();
    }

    /** The client ids of the applications that hold all that they need. */
    private static List<String> granted(TenantObservation observation) {
        var granted = new ArrayList<String>();
        observation.applications().ifComplete().ifPresent(applications -> {
            if (applications
                            .get(Samples.PRESENCE)
                            .appRoleAssignments()
                            .ifComplete()
                            .orElseThrow()
                            .size()
                    == 1) {
                granted.add(Samples.PRESENCE);
            }
            if (applications
                            .get(Samples.CONSOLE)
                            .delegatedGrants()
                            .ifComplete()
                            .orElseThrow()
                            .size()
                    == 2) {
                granted.add(Samples.CONSOLE);
            }
        });
        return granted;
    }
}
