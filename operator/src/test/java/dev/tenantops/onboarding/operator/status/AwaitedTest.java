package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import java.time.Instant;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a reading did not find, and what is not called missing yet. */
class AwaitedTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Permission USER_READ_ALL =
            new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All");
    private static final Permission MANAGE_CALLS =
            new Permission("AzureCommunicationServices", PermissionType.Delegated, "Teams.ManageCalls");

    private final Story story = new Story();

    @Test
    void whatVanishedIsAwaitedUntilItIsConfirmedThatItIsMissing() {
        story.check(StatusBuilderTest.granted(START));
        story.check(console(START.plusSeconds(300), "Teams.ManageCalls"));
        assertThat(console().state()).isEqualTo(ApplicationState.Propagating);
        assertThat(console().missing()).isEmpty();
        assertThat(console().missingTotal()).isNull();
        assertThat(console().awaited()).containsExactly(USER_READ_ALL);
        assertThat(console().awaitedTotal()).isEqualTo(1);
        story.check(console(START.plusSeconds(330), "Teams.ManageCalls"));
        assertThat(console().state()).isEqualTo(ApplicationState.PermissionsMissing);
        assertThat(console().missing()).containsExactly(USER_READ_ALL);
        assertThat(console().awaited()).isEmpty();
        assertThat(console().awaitedTotal()).isNull();
    }

    @Test
    void theMessagesNameIt() {
        story.check(StatusBuilderTest.granted(START));
        story.check(console(START.plusSeconds(300), "Teams.ManageCalls"));
        assertThat(console().message())
                .isEqualTo(
                        "Awaited: MicrosoftGraph Delegated User.Read.All, which was granted and was not found. Another"
                                + " reading has to confirm that it is gone.");
        assertThat(story.condition(ConditionType.CONSENT_GRANTED))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(Status.Unknown, "Propagating");
        assertThat(story.condition(ConditionType.CONSENT_GRANTED).message())
                .contains("(Propagating) awaits MicrosoftGraph Delegated User.Read.All");
    }

    @Test
    void whatAConsentMayStillBringIsAwaitedToo() {
        story.check(TenantFixture.of(START).application(Samples.CONSOLE).observation());
        assertThat(console().missing()).containsExactly(MANAGE_CALLS, USER_READ_ALL);
        assertThat(console().awaited()).isEmpty();
        story.check(console(START.plusSeconds(60), "Teams.ManageCalls"));
        assertThat(console().state()).isEqualTo(ApplicationState.Propagating);
        assertThat(console().missing()).isEmpty();
        assertThat(console().awaited()).containsExactly(USER_READ_ALL);
        assertThat(console().message()).contains("which may still come");
        story.check(console(START.plusSeconds(180), "Teams.ManageCalls"));
        assertThat(console().missing()).containsExactly(USER_READ_ALL);
        assertThat(console().awaited()).isEmpty();
    }

    @Test
    void aReadingThatFailsLeavesItAwaited() {
        story.check(StatusBuilderTest.granted(START));
        story.check(console(START.plusSeconds(300), "Teams.ManageCalls"));
        var before = console();
        story.check(TenantObservation.failed(
                START.plusSeconds(320), Failure.of(Failure.Reason.GraphUnavailable, "It failed.", "Wait.")));
        assertThat(console()).isEqualTo(before);
    }

    @Test
    void ofMoreThanThereIsRoomForTheNumberIsTold() {
        var scopes = IntStream.range(0, 70).mapToObj("Scope.%02d"::formatted).toList();
        var catalog = Samples.catalog(Samples.CATALOG.replace(
                "delegated: [User.Read.All, openid]", "delegated: [" + String.join(", ", scopes) + "]"));
        story.wants(Samples.resolve(Samples.ONBOARDING, Map.of("heedify", catalog)));
        story.check(wide(START, String.join(" ", scopes)));
        assertThat(console().state()).isEqualTo(ApplicationState.Granted);
        story.check(wide(START.plusSeconds(300), ""));
        assertThat(console().awaited()).hasSize(50);
        assertThat(console().awaitedTotal()).isEqualTo(70);
        assertThat(console().message()).contains("and 65 more").hasSizeLessThanOrEqualTo(1024);
        story.check(wide(START.plusSeconds(330), ""));
        assertThat(console().awaited()).isEmpty();
        assertThat(console().missingTotal()).isEqualTo(70);
    }

    private ApplicationStatus console() {
        return story.status().application("heedify", "console").orElseThrow();
    }

    private static TenantObservation console(Instant now, String held) {
        return TenantFixture.of(now)
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .application(Samples.CONSOLE)
                .grant("acs", held)
                .observation();
    }

    /** A tenant whose Microsoft Graph defines the scopes. */
    private static TenantObservation wide(Instant now, String held) {
        var tenant = TenantFixture.of(now)
                .scopes(
                        "graph",
                        IntStream.range(0, 70).mapToObj("Scope.%02d"::formatted).toList())
                .application(Samples.CONSOLE)
                .grant("acs", "Teams.ManageCalls");
        return (held.isEmpty() ? tenant : tenant.grant("graph", held)).observation();
    }
}
