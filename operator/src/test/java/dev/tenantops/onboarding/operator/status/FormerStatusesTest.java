package dev.tenantops.onboarding.operator.status;

import static dev.tenantops.onboarding.operator.status.StatusBuilderTest.granted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.consent.OnboardingLinks;
import dev.tenantops.onboarding.operator.consent.PageAddress;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.ProbeResult;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.verdict.FormerVerdict;
import dev.tenantops.onboarding.operator.verdict.Memory;
import dev.tenantops.onboarding.operator.verdict.OnboardingVerdict;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the licences no longer bring. */
class FormerStatusesTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant DOWNGRADE = START.plusSeconds(300);

    private final Story story = new Story();

    @BeforeEach
    void everythingWasGrantedBeforeTheDowngrade() {
        story.check(granted(START));
        licenses("plans: [common]");
    }

    @Test
    void itStaysInTheStatusWithItsGrantsAsSurplusAndWithoutALink() {
        story.check(granted(DOWNGRADE));
        var console = console().orElseThrow();
        assertThat(console.state()).isEqualTo(ApplicationState.NoLongerLicensed);
        assertThat(console.surplus())
                .containsExactly(
                        new Permission("AzureCommunicationServices", PermissionType.Delegated, "Teams.ManageCalls"),
                        new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All"));
        assertThat(console.surplusTotal()).isEqualTo(2);
        assertThat(console.granted()).isEmpty();
        assertThat(console.missing()).isEmpty();
        assertThat(console.consentUrl()).isNull();
        assertThat(console.grantableBy()).isNull();
        assertThat(console.servicePrincipalId()).isNotNull();
        assertThat(console.lastGrantedTime()).isEqualTo("2026-03-01T12:00:00Z");
    }

    @Test
    void itsMessageSaysWhoRemovesItWhereAndThatTheOperatorDoesNot() {
        story.check(granted(DOWNGRADE));
        assertThat(console().orElseThrow().message())
                .contains("administrator of the tenant")
                .contains("Cloud Application Administrator")
                .contains(Samples.CONSOLE)
                .contains("Microsoft Entra admin center, Enterprise applications, Heedify Agent Console, Properties,"
                        + " Delete")
                .contains("The operator itself never removes anything.")
                .hasSizeLessThanOrEqualTo(1024);
    }

    @Test
    void itCountsForNothing() {
        var status = story.check(granted(DOWNGRADE));
        assertThat(status.granted()).isEqualTo("1/1");
        assertCondition(ConditionType.READY, Status.True, "Onboarded");
        assertCondition(ConditionType.CONSENT_GRANTED, Status.True, "AllGranted");
        assertThat(status.conditions())
                .allSatisfy(it -> assertThat(it.message()).doesNotContain("Heedify Agent Console"));
    }

    @Test
    void itsRemovalIsTheNextActionWhenNothingElseIsToBeDone() {
        var status = story.check(granted(DOWNGRADE));
        assertThat(status.nextAction()).isEqualTo(console().orElseThrow().message());
        var removed = story.check(TenantFixture.withoutConsole(DOWNGRADE.plusSeconds(60)));
        assertThat(console()).isEmpty();
        assertThat(removed.nextAction()).isNull();
        assertCondition(ConditionType.READY, Status.True, "Onboarded");
    }

    @Test
    void whateverElseIsToBeDoneComesFirst() {
        story.unreachable(ProbeResult.Stage.Dns, ProbeResult.Reason.DnsFailed, "no such host", "Correct the URL");
        assertThat(story.check(granted(DOWNGRADE)).nextAction()).contains("no such host");
        story.reachable();
        var consent = story.check(TenantFixture.of(DOWNGRADE.plusSeconds(60))
                .application(Samples.CONSOLE)
                .observation());
        assertThat(consent.nextAction()).isNull();
        consent = story.check(TenantFixture.of(DOWNGRADE.plusSeconds(120))
                .application(Samples.CONSOLE)
                .observation());
        assertThat(consent.nextAction()).contains("grant admin consent to Heedify Presence");
    }

    @Test
    void anUnchangedTenantChangesNothing() {
        var first = story.check(granted(DOWNGRADE));
        assertThat(story.check(granted(DOWNGRADE.plusSeconds(60)))).isEqualTo(first);
    }

    @Test
    void aFailedReadingKeepsItHoweverOldItGetsAndSaysSo() {
        story.check(granted(DOWNGRADE));
        var before = console().orElseThrow();
        for (var later : List.of(Duration.ofMinutes(1), Duration.ofDays(1))) {
            var status = story.check(TenantFixture.unread(DOWNGRADE.plus(later)));
            assertThat(console()).hasValueSatisfying(it -> {
                assertThat(it.state()).isEqualTo(before.state());
                assertThat(it.surplus()).isEqualTo(before.surplus());
                assertThat(it.message()).contains("this is what it had when it was last read");
            });
            assertThat(status.nextAction()).doesNotContain("To clean up");
        }
        story.check(granted(DOWNGRADE.plus(Duration.ofDays(2))));
        assertThat(console()).contains(before);
    }

    @Test
    void whatTheVerifierMayNoLongerReadIsSaidToBeOfAnEarlierReading() {
        story.check(granted(DOWNGRADE));
        var denied = Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All", "Wait.");
        story.check(TenantFixture.of(DOWNGRADE.plus(Duration.ofDays(1)))
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .application(Samples.CONSOLE)
                .delegatedGrants(Samples.CONSOLE, Reading.failed(denied))
                .observation());
        var console = console().orElseThrow();
        assertThat(console.surplus()).hasSize(2);
        assertThat(console.message())
                .startsWith("Its delegated permissions could not be read, so those that are listed are what it had when"
                        + " it was last read. To clean up,")
                .hasSizeLessThanOrEqualTo(1024);
        story.check(granted(DOWNGRADE.plus(Duration.ofDays(2))));
        assertThat(console().orElseThrow().message()).startsWith("To clean up,");
    }

    @Test
    void suspensionKeepsIt() {
        story.check(granted(DOWNGRADE));
        var before = console().orElseThrow();
        var status = story.suspended(true).check(TenantFixture.unread(DOWNGRADE.plusSeconds(60)));
        assertThat(console()).hasValueSatisfying(it -> assertThat(it.surplus()).isEqualTo(before.surplus()));
        assertThat(status.nextAction()).isNull();
    }

    @Test
    void aReadingThatFailsJustAfterTheDowngradeKeepsWhatWasGranted() {
        story.check(TenantFixture.unread(DOWNGRADE));
        var console = console().orElseThrow();
        assertThat(console.state()).isEqualTo(ApplicationState.NoLongerLicensed);
        assertThat(console.granted()).isEmpty();
        assertThat(console.surplus()).hasSize(2);
        assertThat(console.lastGrantedTime()).isEqualTo("2026-03-01T12:00:00Z");
        assertThat(story.check(TenantFixture.unread(DOWNGRADE.plusSeconds(60))).application("heedify", "console"))
                .contains(console);
    }

    @Test
    void whatWasNotSeenInTheTenantVanishesWithItsLicence() {
        var fresh = new Story();
        fresh.check(TenantFixture.of(START).observation());
        fresh.wants(seen -> Samples.resolve(onboarding("plans: [common]"), catalogs(), seen));
        assertThat(fresh.check(TenantFixture.of(DOWNGRADE).observation()).applications())
                .extracting(ApplicationStatus::name)
                .containsExactly("presence");
    }

    @Test
    void licensedAgainItIsOrdinaryAtOnce() {
        story.check(granted(DOWNGRADE));
        licenses("plans: [common, extend]");
        var status = story.check(granted(DOWNGRADE.plusSeconds(60)));
        assertThat(console().orElseThrow())
                .extracting(ApplicationStatus::state, ApplicationStatus::surplusTotal, ApplicationStatus::message)
                .containsExactly(ApplicationState.Granted, null, null);
        assertThat(status.granted()).isEqualTo("2/2");
        assertCondition(ConditionType.READY, Status.True, "Onboarded");
    }

    @Test
    void licensedAgainItIsNeverTakenForGrantedWithoutAReading() {
        story.check(granted(DOWNGRADE));
        licenses("plans: [common, extend]");
        var status = story.check(TenantFixture.unread(DOWNGRADE.plusSeconds(60)));
        assertThat(console().orElseThrow().state()).isEqualTo(ApplicationState.NotVerified);
        assertThat(status.granted()).isEqualTo("1/2");
        assertThat(story.condition(ConditionType.READY).status()).isEqualTo(Status.Unknown);
        // What it held is remembered meanwhile, so that its loss is told as one.
        story.check(TenantFixture.withoutConsole(DOWNGRADE.plusSeconds(120)));
        assertThat(console().orElseThrow().state()).isEqualTo(ApplicationState.Propagating);
        story.check(TenantFixture.withoutConsole(DOWNGRADE.plusSeconds(180)));
        assertThat(console().orElseThrow().state()).isEqualTo(ApplicationState.ConsentRevoked);
    }

    @Test
    void nobodyIsToldToRemoveAnythingWhileALicenceCannotBeResolved() {
        story.check(granted(DOWNGRADE));
        licenses("plans: [common, extnd]");
        var status = story.check(granted(DOWNGRADE));
        assertThat(console().orElseThrow().state()).isEqualTo(ApplicationState.NoLongerLicensed);
        assertThat(console().orElseThrow().message()).contains("Leave it").doesNotContain("delete");
        assertThat(status.nextAction()).contains("has no plan extnd");
        licenses("plans: [common, extend]");
        story.check(granted(DOWNGRADE.plusSeconds(60)));
        assertThat(console().orElseThrow().state()).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void grantsThatTheCatalogNoLongerAsksForComeWithTheStepThatRevokesThemAndNoNoise() {
        licenses("plans: [common, extend]");
        var before = story.check(granted(DOWNGRADE));
        var shrunk =
                Samples.catalog(Samples.CATALOG.replace("delegated: [User.Read.All, openid]", "delegated: [openid]"));
        story.wants(seen -> Samples.resolve(Samples.ONBOARDING, Map.of("heedify", shrunk), seen));
        var status = story.check(granted(DOWNGRADE.plusSeconds(60)));
        var console = console().orElseThrow();
        assertThat(console.state()).isEqualTo(ApplicationState.Granted);
        assertThat(console.surplus())
                .containsExactly(new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All"));
        assertThat(console.message())
                .contains("Cloud Application Administrator")
                .contains(
                        "Enterprise applications, Heedify Agent Console, Permissions, Admin consent, Revoke permission")
                .endsWith("The next check sees it.");
        assertThat(status.nextAction()).isNull();
        assertThat(status.conditions())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("observedGeneration")
                .isEqualTo(before.conditions());
        story.check(TenantFixture.of(DOWNGRADE.plusSeconds(120))
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .application(Samples.CONSOLE)
                .grant("acs", "Teams.ManageCalls")
                .observation());
        assertThat(console().orElseThrow().message()).isNull();
    }

    @Test
    void listsStayAsShortAsTheDefinitionAllows() {
        var grants = IntStream.range(0, 70)
                .mapToObj(it -> new Permission("MicrosoftGraph", PermissionType.Delegated, "Scope.%02d".formatted(it)))
                .toList();
        var former = IntStream.range(0, 250)
                .<FormerVerdict>mapToObj(it -> new FormerVerdict.Present(
                        new FormerApplication("heedify", "app-" + it, "App " + it, Samples.CONSOLE),
                        "sp-" + it,
                        grants,
                        List.of(),
                        Memory.NONE))
                .toList();
        var status = StatusBuilder.build(new StatusInput(
                1,
                TenantOnboardingStatus.initial(),
                new OnboardingVerdict(START, List.of(), List.of(), List.of(), former, List.of()),
                OnboardingLinks.NONE,
                Optional.empty(),
                PageAddress.NONE,
                Optional.empty(),
                false,
                START,
                Story.FRESHNESS,
                Duration.ofMinutes(2)));
        assertThat(status.applications()).hasSize(200).allSatisfy(it -> {
            assertThat(it.surplus()).hasSizeBetween(1, 50);
            assertThat(it.surplusTotal()).isEqualTo(70);
        });
    }

    private Optional<ApplicationStatus> console() {
        return story.status().application("heedify", "console");
    }

    private void licenses(String what) {
        story.wants(seen -> Samples.resolve(onboarding(what), catalogs(), seen));
    }

    private static String onboarding(String licensed) {
        return Samples.ONBOARDING.replace("plans: [common, extend]", licensed);
    }

    private static Map<String, ApplicationCatalog> catalogs() {
        return Map.of("heedify", Samples.catalog(Samples.CATALOG));
    }

    private void assertCondition(String type, Status status, String reason) {
        assertThat(story.condition(type))
                .extracting(Condition::status, Condition::reason)
                .containsExactly(status, reason);
    }
}
