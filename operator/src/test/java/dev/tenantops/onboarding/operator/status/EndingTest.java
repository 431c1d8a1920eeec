package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.PrerequisiteStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a status says of what ends with time, and of what somebody vouches for. */
class EndingTest {

    private static final Instant DAY = Instant.parse("2026-04-01T00:00:00Z");
    private static final String OPTIONAL = "      optional: {delegated: [Calendars.Read]}\n";
    private static final String RETIRING = "      retirements: [{type: Delegated, value: User.Read.All, date:"
            + " \"2026-04-01\", note: Take another one., url: \"https://example.com/end\"}]\n";
    private static final String WAIVABLE = "      waivable: [{type: Delegated, value: User.Read.All}]\n";
    private static final String TEAMS =
            "    - {resource: AzureCommunicationServices, delegated: [Teams.ManageCalls]}\n";
    private static final String ALLOWED =
            "    prerequisites: [{name: allowed, description: It is allowed, required: true,"
                    + " url: \"https://example.com/allow\"}]\n";

    private final Story story = new Story();

    @Test
    void beforeTheDayReadySaysWhatIsGoingToEndAndIsBelievedNoLonger() {
        wants(OPTIONAL, OPTIONAL + RETIRING, "");
        var early = story.check(granted(DAY.minusSeconds(86_400)));
        assertThat(ready(early)).isEqualTo("True Onboarded");
        assertThat(message(early, ConditionType.READY))
                .startsWith("Everything that the licences need was proven")
                .endsWith("From 2026-04-01 on, Heedify Agent Console stops working, since MicrosoftGraph Delegated"
                        + " User.Read.All is retired then. Take another one. See https://example.com/end .");
        assertThat(story.check(granted(DAY.minusSeconds(300))).validUntil()).isEqualTo("2026-04-01T00:00:00Z");
    }

    @Test
    void whatWaitsForAConsentSaysSoAsWell() {
        wants(OPTIONAL, OPTIONAL + RETIRING, "");
        var waiting = story.check(TenantFixture.of(DAY.minusSeconds(86_400)).observation());
        assertThat(ready(waiting)).isEqualTo("False ConsentRequired");
        assertThat(message(waiting, ConditionType.READY)).contains("From 2026-04-01 on, Heedify Agent Console stops");
    }

    @Test
    void fromTheDayOnNoConsentHelps() {
        wants(OPTIONAL, OPTIONAL + RETIRING, "");
        story.check(granted(DAY.minusSeconds(1)));
        var over = story.check(granted(DAY));
        assertThat(ready(over)).isEqualTo("False PermissionRetired");
        assertThat(condition(over, ConditionType.CONSENT_GRANTED)).isEqualTo("False PermissionRetired");
        assertThat(over.granted()).isEqualTo("1/2");
        assertThat(over.nextAction()).startsWith("Ask the publisher of Heedify Agent Console what replaces");
        assertThat(Withdrawal.isOver(over, DAY.plusSeconds(1))).isFalse();
    }

    @Test
    void whoeverCannotBeReadOnTheDayIsRetiredAllTheSame() {
        wants(
                TEAMS,
                TEAMS.replace(
                        "}", ", retirements: [{type: Delegated, value: Teams.ManageCalls, date: \"2026-04-01\"}]}"),
                "");
        story.check(granted(DAY.minusSeconds(60)));
        var over = story.check(TenantFixture.unread(DAY));
        assertThat(ready(over)).isEqualTo("False PermissionRetired");
        assertThat(state(over, "console")).isEqualTo(ApplicationState.PermissionRetired);
        assertThat(state(over, "presence")).isEqualTo(ApplicationState.Granted);
        assertThat(Withdrawal.isOver(over, DAY.plusSeconds(1))).isFalse();
    }

    @Test
    void whetherALargerPermissionDoesInItsPlaceIsNotKnownUnread() {
        wants(OPTIONAL, OPTIONAL + RETIRING, "");
        story.check(granted(DAY.minusSeconds(60)));
        var over = story.check(TenantFixture.unread(DAY));
        assertThat(state(over, "console")).isEqualTo(ApplicationState.NotVerified);
        assertThat(condition(over, ConditionType.CONSENT_GRANTED)).isEqualTo("Unknown NotVerified");
    }

    @Test
    void aDayThatIsTakenBackIsForgotten() {
        wants(OPTIONAL, OPTIONAL + RETIRING, "");
        story.check(granted(DAY));
        story.wants(Samples.desired());
        assertThat(ready(story.check(TenantFixture.unread(DAY.plusSeconds(60)))))
                .isEqualTo("Unknown GraphUnavailable");
        assertThat(ready(story.check(granted(DAY.plusSeconds(120))))).isEqualTo("True Onboarded");
    }

    @Test
    void aRequiredPrerequisiteWaitsForSomebodyAndIsNoMistake() {
        wants(TEAMS, TEAMS + ALLOWED, "");
        var waiting = story.check(granted(DAY));
        assertThat(ready(waiting)).isEqualTo("False AttestationRequired");
        assertThat(condition(waiting, ConditionType.ATTESTED)).isEqualTo("False AttestationRequired");
        assertThat(condition(waiting, ConditionType.CONSENT_GRANTED)).isEqualTo("True AllGranted");
        assertThat(waiting.condition(ConditionType.STALLED)).isEmpty();
        assertThat(waiting.condition(ConditionType.RECONCILING)).isEmpty();
        assertThat(waiting.granted()).isEqualTo("2/2");
        assertThat(waiting.nextAction())
                .isEqualTo("Make sure of it: It is allowed. See https://example.com/allow . Then have somebody who may"
                        + " attest add to spec.attestations: {catalog: heedify, application: console, prerequisite:"
                        + " allowed, reason: \"who says so, and how they know\", until: \"YYYY-MM-DDT00:00:00Z\"}, for a year at"
                        + " most.");
        assertThat(story.check(granted(DAY.plus(Duration.ofDays(1)))).nextAction())
                .as("another day is nothing to write")
                .isEqualTo(waiting.nextAction());
        assertThat(prerequisite(waiting))
                .isEqualTo(new PrerequisiteStatus("allowed", PrerequisiteStatus.State.AttestationRequired, null));
    }

    @Test
    void whatIsAttestedCountsInReadyAndEndsByItself() {
        wants(TEAMS, TEAMS + ALLOWED, attested("prerequisite: allowed", "2026-04-01T00:10:00Z"));
        var attested = story.check(granted(DAY));
        assertThat(ready(attested)).isEqualTo("True Onboarded");
        assertThat(message(attested, ConditionType.READY))
                .isEqualTo(
                        "Everything that the licences need was proven or attested, as of status.lastVerified. 1 item is"
                                + " attested and not proven: Heedify Agent Console: allowed until 2026-04-01T00:10:00Z.");
        assertThat(condition(attested, ConditionType.ATTESTED)).isEqualTo("True Attested");
        assertThat(prerequisite(attested))
                .isEqualTo(
                        new PrerequisiteStatus("allowed", PrerequisiteStatus.State.Attested, "2026-04-01T00:10:00Z"));
        assertThat(attested.validUntil()).isEqualTo("2026-04-01T00:10:00Z");
        var ended = story.check(granted(DAY.plusSeconds(600)));
        assertThat(ready(ended)).isEqualTo("False AttestationRequired");
        assertThat(message(ended, ConditionType.READY)).contains("ended at 2026-04-01T00:10:00Z");
    }

    @Test
    void anAttestationThatEndsWhileNobodyCanReadEndsAllTheSame() {
        wants(TEAMS, TEAMS + ALLOWED, attested("prerequisite: allowed", "2026-04-01T00:10:00Z"));
        story.check(granted(DAY.plusSeconds(500)));
        var ended = story.check(TenantFixture.unread(DAY.plusSeconds(600)));
        assertThat(ready(ended)).isEqualTo("False AttestationRequired");
        assertThat(Withdrawal.isOver(ended, DAY.plusSeconds(601))).isFalse();
    }

    @Test
    void aPrerequisiteThatIsNotRequiredIsShownAndHoldsBackNothing() {
        wants(TEAMS, TEAMS + ALLOWED.replace("required: true", "required: false"), "");
        var status = story.check(granted(DAY));
        assertThat(ready(status)).isEqualTo("True Onboarded");
        assertThat(status.condition(ConditionType.ATTESTED)).isEmpty();
        assertThat(prerequisite(status))
                .isEqualTo(new PrerequisiteStatus("allowed", PrerequisiteStatus.State.NotVerifiable, null));
    }

    @Test
    void anOptionalApplicationWaitsForNobody() {
        wants(TEAMS, TEAMS + ALLOWED + "    optional: true\n", "");
        assertThat(ready(story.check(granted(DAY)))).isEqualTo("True Onboarded");
    }

    @Test
    void whatTheCustomerDoesWithoutIsAttestedAndNotCountedAsGranted() {
        wants(
                OPTIONAL,
                OPTIONAL + WAIVABLE,
                attested("permission: MicrosoftGraph/Delegated/User.Read.All", "2026-06-01T00:00:00Z"));
        var waived = story.check(withoutUserReadAll(DAY));
        assertThat(ready(waived)).isEqualTo("True Onboarded");
        assertThat(condition(waived, ConditionType.CONSENT_GRANTED)).isEqualTo("True Attested");
        assertThat(waived.granted()).isEqualTo("1/2");
        var console = waived.application("heedify", "console").orElseThrow();
        assertThat(console.state()).isEqualTo(ApplicationState.Attested);
        assertThat(console.attested())
                .containsExactly(new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All"));
        assertThat(console.granted()).doesNotContainAnyElementsOf(console.attested());
        assertThat(console.missing()).isEmpty();
        var unread = story.check(TenantFixture.unread(DAY.plusSeconds(60)));
        assertThat(state(unread, "console")).isEqualTo(ApplicationState.Attested);
        assertThat(ready(unread)).isEqualTo("True Onboarded");
    }

    @Test
    void whatIsNoLongerAttestedIsMissing() {
        var entry = attested("permission: MicrosoftGraph/Delegated/User.Read.All", "2026-06-01T00:00:00Z");
        wants(OPTIONAL, OPTIONAL + WAIVABLE, entry);
        story.check(withoutUserReadAll(DAY));
        wants(OPTIONAL, OPTIONAL + WAIVABLE, "");
        assertThat(ready(story.check(TenantFixture.unread(DAY.plusSeconds(60)))))
                .isEqualTo("Unknown GraphUnavailable");
        var open = story.check(withoutUserReadAll(DAY.plusSeconds(120)));
        assertThat(open.condition(ConditionType.READY).orElseThrow().status()).isEqualTo(Status.False);
        assertThat(open.application("heedify", "console").orElseThrow().missing())
                .containsExactly(new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All"));
    }

    @Test
    void anAttestationOfNothingIsToldAndHoldsBackNothing() {
        wants(
                TEAMS,
                TEAMS + ALLOWED.replace("required: true", "required: false"),
                attested("prerequisite: alowed", "2026-06-01T00:00:00Z"));
        var status = story.check(granted(DAY));
        assertThat(ready(status)).isEqualTo("True Onboarded");
        assertThat(condition(status, ConditionType.ATTESTED)).isEqualTo("False AttestationInvalid");
        assertThat(message(status, ConditionType.ATTESTED))
                .isEqualTo(
                        "spec.attestations[0] does not count: the application console has no prerequisite alowed in the"
                                + " catalog heedify, only allowed. Correct the name, or remove the attestation. By itself that"
                                + " holds back nothing.");
    }

    @Test
    void whatHoldsBackReadyTellsOfTheAttestationThatMissesIt() {
        wants(TEAMS, TEAMS + ALLOWED, attested("prerequisite: alowed", "2026-06-01T00:00:00Z"));
        var status = story.check(granted(DAY));
        assertThat(ready(status)).isEqualTo("False AttestationRequired");
        assertThat(message(status, ConditionType.READY)).contains("has no prerequisite alowed");
    }

    @Test
    void aPermissionThatIsNotWaivableIsToldAndStaysNeeded() {
        wants(
                OPTIONAL,
                OPTIONAL,
                attested("permission: MicrosoftGraph/Delegated/User.Read.All", "2026-06-01T00:00:00Z"));
        var status = story.check(withoutUserReadAll(DAY));
        assertThat(ready(status)).isEqualTo("False PermissionsMissing");
        assertThat(condition(status, ConditionType.ATTESTED)).isEqualTo("False AttestationInvalid");
        assertThat(message(status, ConditionType.ATTESTED)).contains("waivable, so nobody can do without it");
    }

    @Test
    void anEndThatIsTooFarIsTold() {
        wants(TEAMS, TEAMS + ALLOWED, attested("prerequisite: allowed", "2028-01-01T00:00:00Z"));
        var status = story.check(granted(DAY));
        assertThat(ready(status)).isEqualTo("False AttestationRequired");
        assertThat(message(status, ConditionType.ATTESTED)).contains("nobody can vouch for more than a year");
    }

    @Test
    void whatHasEndedAndIsNotNeededIsToldAndHoldsBackNothing() {
        wants(
                OPTIONAL,
                OPTIONAL + WAIVABLE,
                attested("permission: MicrosoftGraph/Delegated/User.Read.All", "2026-03-01T00:00:00Z"));
        var status = story.check(granted(DAY));
        assertThat(ready(status)).isEqualTo("True Onboarded");
        assertThat(condition(status, ConditionType.ATTESTED)).isEqualTo("False AttestationExpired");
    }

    @Test
    void whoeverAttestsNothingHasNothingMoreInTheStatus() throws Exception {
        var json = new ObjectMapper().writeValueAsString(story.check(granted(DAY)));
        assertThat(json).doesNotContain("ttest", "prerequisites");
    }

    @Test
    void whatIsWithdrawnRestsOnNobodysWord() {
        wants(TEAMS, TEAMS + ALLOWED, attested("prerequisite: allowed", "2026-04-01T00:10:00Z"));
        var withdrawn = Withdrawal.asOf(story.check(granted(DAY)), DAY.plusSeconds(601));
        assertThat(condition(withdrawn, ConditionType.ATTESTED)).isEqualTo("Unknown NotVerified");
        assertThat(withdrawn.applications())
                .allSatisfy(it -> assertThat(it.prerequisites()).isEmpty());
    }

    @Test
    void whileSuspendedNothingIsSaidOfIt() {
        wants(TEAMS, TEAMS + ALLOWED, "");
        story.suspended(true);
        assertThat(condition(story.check(granted(DAY)), ConditionType.ATTESTED)).isEqualTo("Unknown Suspended");
    }

    private void wants(String what, String instead, String attestation) {
        assertThat(Samples.CATALOG).contains(what);
        var catalog = Samples.catalog(Samples.CATALOG.replace(what, instead));
        story.wants(seen -> Samples.resolve(
                Samples.ONBOARDING + "  attestations: [" + attestation + "]\n", Map.of("heedify", catalog), seen));
    }

    private static String attested(String what, String until) {
        return "{catalog: heedify, application: console, " + what + ", reason: Ada says so, until: \"" + until + "\"}";
    }

    private static TenantObservation granted(Instant now) {
        return TenantFixture.of(now)
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All")
                .grant("acs", "Teams.ManageCalls")
                .observation();
    }

    private static TenantObservation withoutUserReadAll(Instant now) {
        return TenantFixture.of(now)
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .application(Samples.CONSOLE)
                .grant("acs", "Teams.ManageCalls")
                .observation();
    }

    private static String ready(TenantOnboardingStatus status) {
        return condition(status, ConditionType.READY);
    }

    private static String condition(TenantOnboardingStatus status, String type) {
        return status.condition(type).map(it -> it.status() + " " + it.reason()).orElse("absent");
    }

    private static String message(TenantOnboardingStatus status, String type) {
        return status.condition(type).map(Condition::message).orElseThrow();
    }

    private static ApplicationState state(TenantOnboardingStatus status, String application) {
        return status.application("heedify", application).orElseThrow().state();
    }

    private static PrerequisiteStatus prerequisite(TenantOnboardingStatus status) {
        return status.application("heedify", "console")
                .orElseThrow()
                .prerequisites()
                .getFirst();
    }
}
