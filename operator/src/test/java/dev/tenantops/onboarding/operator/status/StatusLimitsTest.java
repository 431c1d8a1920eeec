package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.ApplicationStatus.Identity;
import dev.tenantops.onboarding.api.ApplicationStatus.Link;
import dev.tenantops.onboarding.api.ApplicationStatus.Listed;
import dev.tenantops.onboarding.api.ApplicationStatus.Permissions;
import dev.tenantops.onboarding.api.ApplicationStatus.Times;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.EndpointStatus;
import dev.tenantops.onboarding.api.EndpointStatus.Advice;
import dev.tenantops.onboarding.api.EndpointStatus.Outcome;
import dev.tenantops.onboarding.api.EndpointStatus.Route;
import dev.tenantops.onboarding.api.LeftOut;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.SatisfiedPermission;
import dev.tenantops.onboarding.api.StatusLimit;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Customer;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Entries;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Handled;
import dev.tenantops.onboarding.api.TenantOnboardingStatus.Progress;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.observe.TenantObservation;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A status that was cut; what the API server says to it is {@link StatusLimitsApiServerTest}'s. */
class StatusLimitsTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final KubernetesSerialization serialization = new KubernetesSerialization();
    private final Story story = new Story();

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 2", "4, 2", "5, 3", "6, 3"})
    void whateverIsCutIsSmallAndIsReadAsItWasWritten(long seed, int size) {
        var hostile = new HostileStatus(seed, size);
        for (int i = 0; i < 8; i++) {
            var full = hostile.next();
            var cut = StatusLimits.fit(full);
            assertThat(StatusLimits.fit(full)).isEqualTo(cut);
            assertThat(StatusLimits.fit(cut).applications()).isEqualTo(cut.applications());
            assertThat(StatusLimits.fit(cut).conditions()).isEqualTo(cut.conditions());
            var json = serialization.asJson(cut);
            assertThat(json.getBytes(StandardCharsets.UTF_8).length).isLessThanOrEqualTo(StatusLimit.BYTES);
            var read = serialization.unmarshal("{\"status\":" + json + "}", TenantOnboarding.class);
            HostileStatus.assertSame(read.getStatus(), cut, "seed " + seed + " status " + i);
        }
    }

    @Test
    void whatFitsStaysAsItIs() {
        var status = story.check(granted());
        assertThat(StatusLimits.fit(status)).isEqualTo(status);
        assertThat(status.leftOut()).isNull();
    }

    @Test
    void aRequestIsEchoedAsFarAsThereIsRoom() {
        var longest = "r".repeat(1024);
        assertThat(story.requested(longest).check(granted()).lastHandledReconcileAt())
                .isEqualTo(longest);
        var status = story.requested(longest + "r").check(granted());
        assertThat(status.lastHandledReconcileAt()).isEqualTo(longest).isEqualTo(StatusLimits.echoed(longest + "r"));
        assertThat(story.check(granted())).isEqualTo(status);
    }

    @Test
    void anEmptyRequestIsNotEchoedAndIsNoChange() {
        var status = story.requested("").check(granted());
        assertThat(status.lastHandledReconcileAt()).isNull();
    }

    @Test
    void aValueThatATenantMadeTooLongIsCutAndCountedOnce() {
        var word = "x".repeat(120);
        var status = story.check(TenantFixture.of(START)
                .application(Samples.PRESENCE)
                .role("graph", "Presence.Read.All")
                .application(Samples.CONSOLE)
                .grant("graph", "User.Read.All " + word + "1 " + word + "2")
                .grant("acs", "Teams.ManageCalls")
                .observation());
        var console = status.application("heedify", "console").orElseThrow();
        assertThat(console.surplus())
                .containsExactly(new Permission("MicrosoftGraph", PermissionType.Delegated, "x".repeat(119) + "…"));
        assertThat(console.surplusTotal()).isEqualTo(2);
        assertThat(status.leftOut()).isEqualTo(new LeftOut(null, null, null, 1));
    }

    @Test
    void ofTooManyEndpointsThoseAreShownThatAreNotReached() {
        var endpoints = IntStream.range(0, 120)
                .mapToObj(it -> endpoint(it, it < 110 ? "Reachable" : "DnsFailed"))
                .toList();
        var cut = StatusLimits.fit(status(List.of(), endpoints));
        assertThat(cut.endpoints()).hasSize(100);
        assertThat(cut.endpoints())
                .filteredOn(it -> it.state().equals("DnsFailed"))
                .hasSize(10);
        assertThat(cut.endpoints())
                .isSortedAccordingTo((one, other) -> Integer.compare(endpoints.indexOf(one), endpoints.indexOf(other)));
        assertThat(cut.leftOut()).isEqualTo(new LeftOut(null, null, 20, null));
    }

    @Test
    void theConditionCountsTheEndpointsThatAreNotShown() {
        var endpoints = IntStream.range(0, 20)
                .mapToObj(it -> "  - {name: e" + it + ", url: \"https://portal.heedify.io/" + it + "\"}")
                .collect(Collectors.joining("\n"));
        var yaml = Samples.CATALOG.replace("  - {name: portal, url: \"https://portal.heedify.io\"}", endpoints);
        var catalogs = IntStream.range(0, 6).mapToObj(it -> "c" + it).toList();
        var onboarding = Samples.ONBOARDING.replace("  - {catalog: heedify, plans: [common, extend]}\n", "")
                + catalogs.stream()
                        .map(it -> "  - {catalog: " + it + ", plans: [common, extend]}\n")
                        .collect(Collectors.joining());
        story.wants(Samples.resolve(
                onboarding, catalogs.stream().collect(Collectors.toMap(it -> it, _ -> Samples.catalog(yaml)))));
        var status = story.check(granted());
        assertThat(status.endpoints()).hasSize(100);
        assertThat(status.leftOut()).isEqualTo(new LeftOut(null, null, 26, null));
        assertThat(status.condition("NetworkReachable").orElseThrow().message()).startsWith("120 endpoints answered");
        assertThat(story.check(granted())).isEqualTo(status);
    }

    @Test
    void ofTooManyApplicationsThoseAreShownThatAskForSomething() {
        var applications = IntStream.range(0, 300)
                .mapToObj(
                        it -> application(it, it < 290 ? ApplicationState.Granted : ApplicationState.ConsentRevoked, 0))
                .toList();
        var cut = StatusLimits.fit(status(applications, List.of()));
        assertThat(cut.applications()).hasSize(200);
        assertThat(cut.applications().subList(190, 200))
                .extracting(ApplicationStatus::state)
                .containsOnly(ApplicationState.ConsentRevoked);
        assertThat(cut.leftOut()).isEqualTo(new LeftOut(null, 100, null, null));
    }

    @Test
    void permissionsGiveWayBeforeApplicationsDo() {
        var applications = IntStream.range(0, 200)
                .mapToObj(it -> application(it, ApplicationState.PermissionsMissing, 50))
                .toList();
        var cut = StatusLimits.fit(status(applications, List.of()));
        assertThat(cut.applications()).hasSize(200).allSatisfy(it -> {
            assertThat(it.missing()).hasSizeBetween(1, 20);
            assertThat(it.missingTotal()).isEqualTo(50);
        });
        assertThat(cut.leftOut().applications()).isNull();
        assertThat(cut.leftOut().permissions()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aCharacterIsNeverCutInHalf(int shift) {
        var text = "a".repeat(shift) + "😀".repeat(3000);
        for (int limit : List.of(64, 121, 1024, 4096)) {
            for (String cut :
                    List.of(Text.cut(text, limit), Text.withoutMiddle(text, limit), Text.prefix(text, limit))) {
                assertThat(cut.length()).isLessThanOrEqualTo(limit);
                assertThat(new String(cut.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                        .isEqualTo(cut);
            }
            assertThat(Text.cut(Text.cut(text, limit), limit)).isEqualTo(Text.cut(text, limit));
        }
    }

    @Test
    void whatNoTerminalShouldGetIsTakenOut() {
        assertThat(Text.cut("a\u001b[31mb\nc\uD800d", 64)).isEqualTo("a [31mb c\uFFFDd");
    }

    @Test
    void aGrantIsNotRememberedWithoutTheLargerOneThatStandsForIt() {
        var granted =
                IntStream.range(0, 50).mapToObj(StatusLimitsTest::permission).toList();
        var satisfied = granted.stream()
                .map(it -> new SatisfiedPermission(it, "Directory.Read.All"))
                .toList();
        var application = application(
                "a",
                ApplicationState.Granted,
                new Permissions(
                        new Listed(granted, 50),
                        satisfied,
                        Listed.NONE,
                        Listed.NONE,
                        List.of(),
                        Listed.NONE,
                        List.of()));
        var lists = new PermissionLists(application, 10);
        assertThat(lists.application().satisfied()).hasSize(10);
        assertThat(lists.application().granted()).hasSize(10);
        assertThat(lists.application().grantedTotal()).isEqualTo(50);
        assertThat(lists.leftOut()).isEqualTo(80);
    }

    @Test
    void aCatalogsStatusIsCutToo() {
        var conditions = IntStream.range(0, 12)
                .mapToObj(it -> new Condition("T" + it, Condition.Status.True, 1, "2026-03-01T12:00:00Z", "R", "m"))
                .toList();
        assertThat(StatusLimits.fit(new ApplicationCatalogStatus(1, 1, conditions))
                        .conditions())
                .hasSize(8);
    }

    private static TenantOnboardingStatus status(List<ApplicationStatus> applications, List<EndpointStatus> endpoints) {
        return new TenantOnboardingStatus(
                new Handled(1, null),
                Customer.UNKNOWN,
                Progress.NONE,
                TenantOnboardingStatus.Times.NONE,
                new Entries(List.of(), applications, endpoints, null),
                List.of());
    }

    private static EndpointStatus endpoint(int number, String state) {
        return new EndpointStatus(
                "heedify/e" + number,
                new Outcome(state, null, null, List.of()),
                new Route(null, null, null),
                Advice.NONE);
    }

    private static ApplicationStatus application(int number, ApplicationState state, int permissions) {
        var missing = IntStream.range(0, permissions)
                .mapToObj(StatusLimitsTest::permission)
                .toList();
        return application(
                "a" + number,
                state,
                new Permissions(
                        Listed.NONE,
                        List.of(),
                        new Listed(missing, null),
                        Listed.NONE,
                        List.of(),
                        Listed.NONE,
                        List.of()));
    }

    private static ApplicationStatus application(String name, ApplicationState state, Permissions permissions) {
        return new ApplicationStatus(
                new Identity("heedify", name, null, null, null),
                state,
                null,
                Link.NONE,
                null,
                permissions,
                new Times(null, null, null, null, null));
    }

    private static Permission permission(int number) {
        return new Permission("MicrosoftGraph", PermissionType.Application, "Long.Name.Of.A.Permission." + number);
    }

    private static TenantObservation granted() {
        return StatusBuilderTest.granted(START);
    }
}
