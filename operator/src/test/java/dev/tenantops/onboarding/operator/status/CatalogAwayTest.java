package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.ApplicationStatus;
import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredResolver;
import dev.tenantops.onboarding.operator.desired.Surroundings;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For a moment nobody can tell what a licence brings. */
class CatalogAwayTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant AWAY = START.plusSeconds(300);
    private static final Instant BACK = START.plusSeconds(304);

    private final Story story = new Story();

    /** How it can be that a licence is not resolved. */
    record Doubt(String name, String onboarding, Map<String, ApplicationCatalog> catalogs, Map<String, String> labels) {

        private static Doubt catalog(String name, String catalog) {
            return new Doubt(
                    name, Samples.ONBOARDING, Map.of("heedify", Samples.catalog(catalog)), Map.of("customer", "true"));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Doubt> doubts() {
        return Stream.of(
                new Doubt("no catalog", Samples.ONBOARDING, Map.of(), Map.of("customer", "true")),
                new Doubt(
                        "no label", Samples.ONBOARDING, Map.of("heedify", Samples.catalog(Samples.CATALOG)), Map.of()),
                new Doubt(
                        "a slip in the licence",
                        Samples.ONBOARDING.replace("[common, extend]", "[common, extnd]"),
                        Map.of("heedify", Samples.catalog(Samples.CATALOG)),
                        Map.of("customer", "true")),
                new Doubt(
                        "plans of another version",
                        Samples.ONBOARDING.replace("plans: [common, extend]", "plans: all"),
                        Map.of("heedify", Samples.catalog(Samples.CATALOG)),
                        Map.of("customer", "true")),
                Doubt.catalog("a slip in the plan's name", Samples.CATALOG.replace("name: extend", "name: extnd")),
                Doubt.catalog(
                        "a slip in the application's name", Samples.CATALOG.replace("name: console", "name: konsole")),
                Doubt.catalog("a value of another version", Samples.CATALOG.replace("cloud: Global", "cloud: Mars")),
                Doubt.catalog(
                        "no plans that can be read",
                        Samples.CATALOG.replace("applications: [console]", "applications: console")),
                Doubt.catalog("another cloud", Samples.CATALOG.replace("cloud: Global", "cloud: Custom")));
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void whatWasRevokedMeanwhileIsToldAsRevoked(Doubt doubt) {
        story.check(StatusBuilderTest.granted(START));
        during(doubt);
        story.check(StatusBuilderTest.granted(AWAY));
        assertThat(console().lastGrantedTime()).isNotNull();
        resolved();
        story.check(TenantFixture.withoutConsole(BACK));
        assertThat(console().state()).isEqualTo(ApplicationState.Propagating);
        story.check(TenantFixture.withoutConsole(BACK.plusSeconds(30)));
        assertThat(console().state()).isEqualTo(ApplicationState.ConsentRevoked);
        assertThat(console().lost()).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void whatWasNotRevokedIsGrantedAgainAtOnce(Doubt doubt) {
        story.check(StatusBuilderTest.granted(START));
        during(doubt);
        story.check(StatusBuilderTest.granted(AWAY));
        resolved();
        story.check(StatusBuilderTest.granted(BACK));
        assertThat(story.condition(ConditionType.READY).status()).isEqualTo(Status.True);
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void whatWasLostBeforeStaysLost(Doubt doubt) {
        story.check(StatusBuilderTest.granted(START));
        story.check(TenantFixture.withoutConsole(AWAY.minusSeconds(60)));
        story.check(TenantFixture.withoutConsole(AWAY.minusSeconds(30)));
        var revoked = console();
        assertThat(revoked.state()).isEqualTo(ApplicationState.ConsentRevoked);
        during(doubt);
        story.check(TenantFixture.withoutConsole(AWAY));
        assertThat(console())
                .extracting(
                        ApplicationStatus::lost,
                        ApplicationStatus::lastGrantedTime,
                        ApplicationStatus::firstMissingTime)
                .containsExactly(revoked.lost(), revoked.lastGrantedTime(), revoked.firstMissingTime());
        resolved();
        story.check(TenantFixture.withoutConsole(BACK));
        assertThat(console()).isEqualTo(revoked);
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void itCountsForNothingMeanwhile(Doubt doubt) {
        story.check(StatusBuilderTest.granted(START));
        during(doubt);
        var status = story.check(StatusBuilderTest.granted(AWAY));
        assertThat(console().state()).isEqualTo(ApplicationState.NotVerified);
        assertThat(console().message()).contains("could not be resolved");
        assertThat(console().surplus()).isEmpty();
        assertThat(console().consentUrl()).isNull();
        assertThat(status.granted()).isIn("0/0", "1/1");
        assertThat(story.condition(ConditionType.CONSENT_GRANTED).message()).doesNotContain("Heedify Agent Console");
        assertThat(story.condition(ConditionType.CONSENT_GRANTED).status()).isEqualTo(Status.Unknown);
        assertThat(story.condition(ConditionType.READY).status()).isEqualTo(Status.Unknown);
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void howeverOftenItIsCheckedItSaysTheSame(Doubt doubt) {
        story.check(StatusBuilderTest.granted(START));
        during(doubt);
        story.check(StatusBuilderTest.granted(AWAY));
        var first = console();
        story.suspended(true).check(TenantFixture.unread(AWAY.plusSeconds(30)));
        story.suspended(false).check(StatusBuilderTest.granted(AWAY.plusSeconds(60)));
        story.check(StatusBuilderTest.granted(AWAY.plusSeconds(3600)));
        assertThat(console()).isEqualTo(first);
    }

    @ParameterizedTest
    @MethodSource("doubts")
    void itCountsForNothingWhenTheEvidenceOfTheRestEnds(Doubt doubt) {
        story.check(StatusBuilderTest.granted(START));
        during(doubt);
        var away = story.check(StatusBuilderTest.granted(AWAY));
        var withdrawn = Withdrawal.failed(away, 1, Optional.empty(), "it broke", AWAY.plusSeconds(60));
        assertThat(withdrawn.granted()).isIn("0/0", "1/1 unverified");
        assertThat(withdrawn.application("heedify", "console")).contains(console());
    }

    @Test
    void anotherRegistrationUnderTheSameNameStartsAnew() {
        story.check(StatusBuilderTest.granted(START));
        during(doubts().findFirst().orElseThrow());
        story.check(StatusBuilderTest.granted(AWAY));
        var catalog = Samples.CATALOG
                .replace(Samples.CONSOLE, "the console's")
                .replace("6F0C2C60-6b7c-4b52-9d3b-8a5a3a3d1111", Samples.CONSOLE)
                .replace("the console's", Samples.PRESENCE);
        story.wants(seen -> Samples.resolve(Samples.ONBOARDING, Map.of("heedify", Samples.catalog(catalog)), seen));
        var nothing = TenantFixture.of(BACK).application(Samples.PRESENCE).observation();
        story.check(nothing);
        assertThat(console().clientId()).isEqualTo(Samples.PRESENCE);
        assertThat(console().state()).isEqualTo(ApplicationState.ConsentRequired);
        assertThat(console().lastGrantedTime()).isNull();
    }

    @Test
    void whatNoLicenceBroughtBeforeStaysSurplus() {
        story.check(StatusBuilderTest.granted(START));
        var common = Samples.ONBOARDING.replace("[common, extend]", "[common]");
        var catalogs = Map.of("heedify", Samples.catalog(Samples.CATALOG));
        story.wants(seen -> Samples.resolve(common, catalogs, seen));
        story.check(StatusBuilderTest.granted(AWAY.minusSeconds(60)));
        var surplus = console();
        story.wants(seen -> Samples.resolve(common, Map.of(), seen));
        story.check(StatusBuilderTest.granted(AWAY));
        assertThat(console().state()).isEqualTo(ApplicationState.NoLongerLicensed);
        assertThat(console().message()).contains("Leave it");
        story.wants(seen -> Samples.resolve(common, catalogs, seen));
        story.check(StatusBuilderTest.granted(BACK));
        assertThat(console()).isEqualTo(surplus);
    }

    @Test
    void aLicenceThatTheSpecNamesNoMoreIsForgottenWithItsCatalog() {
        story.check(StatusBuilderTest.granted(START));
        during(doubts().findFirst().orElseThrow());
        story.check(StatusBuilderTest.granted(AWAY));
        story.wants(seen ->
                Samples.resolve(Samples.ONBOARDING.replace("catalog: heedify", "catalog: other"), Map.of(), seen));
        assertThat(story.check(StatusBuilderTest.granted(BACK)).applications()).isEmpty();
    }

    @Test
    void ofACatalogThatNeverWasNothingIsKept() {
        during(doubts().findFirst().orElseThrow());
        assertThat(story.check(StatusBuilderTest.granted(AWAY)).applications()).isEmpty();
    }

    private void during(Doubt doubt) {
        story.wants(seen -> new DesiredResolver(it -> Samples.clouds(it).filter(_ -> it.cloud() != Cloud.Custom))
                .resolve(
                        Samples.onboarding(doubt.onboarding()).getSpec(),
                        "customer-contoso",
                        new Surroundings(
                                doubt.labels(),
                                name -> Optional.ofNullable(doubt.catalogs().get(name))),
                        seen));
    }

    private void resolved() {
        story.wants(
                seen -> Samples.resolve(Samples.ONBOARDING, Map.of("heedify", Samples.catalog(Samples.CATALOG)), seen));
    }

    private ApplicationStatus console() {
        return story.status().application("heedify", "console").orElseThrow();
    }
}
