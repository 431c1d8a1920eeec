package dev.tenantops.onboarding.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RetirementStatus;
import dev.tenantops.onboarding.api.Condition;
import dev.tenantops.onboarding.api.Condition.Status;
import dev.tenantops.onboarding.api.ConditionType;
import dev.tenantops.onboarding.api.Permission;
import dev.tenantops.onboarding.api.PermissionType;
import dev.tenantops.onboarding.api.TenantOnboardingStatus;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.CatalogRetirement;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.observe.Verifier;
import dev.tenantops.onboarding.operator.report.Transition;
import dev.tenantops.onboarding.operator.runbook.Runbook;
import dev.tenantops.onboarding.operator.runbook.Runbooks;
import dev.tenantops.onboarding.operator.verdict.TenantFixture;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A catalog says once, and not on ten thousand onboardings alone, who breaks when. */
class RetirementFindingTest {

    private static final Instant DAY = Instant.parse("2027-04-01T00:00:00Z");
    private static final Permission READ = new Permission("MicrosoftGraph", PermissionType.Delegated, "User.Read.All");
    private static final String OPTIONAL = "      optional: {delegated: [Calendars.Read]}\n";
    private static final String WAIVABLE = "      waivable: [{type: Delegated, value: User.Read.All}]\n";
    private static final ApplicationCatalog ENDING = Samples.catalog(Samples.CATALOG.replace(
            OPTIONAL,
            OPTIONAL
                    + WAIVABLE
                    + "      retirements: [{type: Delegated, value: User.Read.All, date: \"2027-04-01\", note: It ends, url:"
                    + " \"https://example.com/end\"}]\n"));

    @Test
    void beforeTheDayTheCatalogSaysHowManyBreakAndIsUsable() {
        var status = look(ENDING, DAY.minusSeconds(1), onboarding(""), onboarding(""));
        assertThat(condition(status).status()).isEqualTo(Status.True);
        assertThat(condition(status).reason()).isEqualTo("RetirementAnnounced");
        assertThat(condition(status).message())
                .isEqualTo("MicrosoftGraph Delegated User.Read.All, which the application console needs, is retired on"
                        + " 2027-04-01. The application will not work from then on for 2 onboardings, whatever the tenants"
                        + " have granted. It ends. See https://example.com/end .");
        assertThat(status.retirements()).containsExactly(new RetirementStatus("console", READ, "2027-04-01", 2));
        assertThat(ready(status)).isEqualTo(Status.True);
    }

    @Test
    void fromTheDayOnItSaysHowManyAreBrokenAndIsUsableForTheOthers() {
        var status = look(ENDING, DAY, onboarding(""));
        assertThat(condition(status).status()).isEqualTo(Status.False);
        assertThat(condition(status).reason()).isEqualTo("PermissionRetired");
        assertThat(condition(status).message()).contains("is retired since 2027-04-01", "any more for 1 onboarding,");
        assertThat(ready(status)).isEqualTo(Status.True);
    }

    @Test
    void whoDoesWithoutItOrHasNoLicenceForItIsNotCounted() {
        var attested = onboarding("  attestations: [{catalog: heedify, application: console, permission:"
                + " MicrosoftGraph/Delegated/User.Read.All, reason: a, until: \"2027-06-01T00:00:00Z\"}]\n");
        var basic = new Story()
                .wants(Samples.resolve(
                        Samples.ONBOARDING.replace("[common, extend]", "[common]"), Map.of("heedify", ENDING)))
                .check(TenantFixture.of(DAY.minusSeconds(60)).observation());
        assertThat(look(ENDING, DAY.minusSeconds(1), attested, basic, onboarding(""))
                        .retirements())
                .extracting(RetirementStatus::onboardings)
                .containsExactly(1);
    }

    @Test
    void itIsToldByOneEventAlsoOnTheFirstVisit() {
        var first = look(ENDING, DAY.minusSeconds(60), onboarding(""));
        assertThat(Transition.between(List.of(), first.conditions()))
                .extracting(Transition::reason, Transition::warning)
                .contains(tuple("RetirementAnnounced", true));
        var more = look(ENDING, DAY.minusSeconds(30), onboarding(""), onboarding(""));
        assertThat(Transition.between(first.conditions(), more.conditions())).isEmpty();
        assertThat(Transition.between(
                        first.conditions(), look(ENDING, DAY, onboarding("")).conditions()))
                .extracting(Transition::reason, Transition::warning)
                .containsExactly(tuple("PermissionRetired", true));
    }

    @Test
    void aCatalogWithoutRetirementsSaysNothing() {
        var status = look(Samples.catalog(Samples.CATALOG), DAY, onboarding(""));
        assertThat(status.conditions()).extracting(Condition::type).doesNotContain(ConditionType.PERMISSIONS_VALID);
        assertThat(status.retirements()).isEmpty();
    }

    @Test
    void itsRunbookTellsOfIt() {
        for (var now : List.of(DAY.minusSeconds(1), DAY)) {
            var condition = condition(look(ENDING, now, onboarding("")));
            assertThat(Runbooks.ofReasons().get(condition.reason()).tells(Runbook.CATALOG, condition))
                    .isTrue();
        }
    }

    /** The status of one that licenses the console. */
    private static TenantOnboardingStatus onboarding(String attestations) {
        return new Story()
                .wants(Samples.resolve(Samples.ONBOARDING + attestations, Map.of("heedify", ENDING)))
                .check(TenantFixture.of(DAY.minusSeconds(60))
                        .application(Samples.CONSOLE)
                        .grant("acs", "Teams.ManageCalls")
                        .observation());
    }

    private static ApplicationCatalogStatus look(
            ApplicationCatalog catalog, Instant now, TenantOnboardingStatus... onboardings) {
        var retirements = CatalogRetirement.of(catalog.getSpec());
        return CatalogStatusBuilder.build(new CatalogStatusBuilder.Input(
                "heedify",
                1,
                ApplicationCatalogStatus.initial(),
                List.of(),
                Optional.empty(),
                Reading.of(new Verifier(Samples.VERIFIER, new Verifier.Credential.ClientSecret("1", "value"))),
                Optional.empty(),
                CatalogUse.of("heedify", retirements, List.of(onboardings)),
                catalog.getSpec(),
                new Registrations.NotAskedFor(),
                now));
    }

    private static Condition condition(ApplicationCatalogStatus status) {
        return status.conditions().stream()
                .filter(it -> it.type().equals(ConditionType.PERMISSIONS_VALID))
                .findFirst()
                .orElseThrow();
    }

    private static Status ready(ApplicationCatalogStatus status) {
        return status.conditions().stream()
                .filter(it -> it.type().equals(ConditionType.READY))
                .findFirst()
                .orElseThrow()
                .status();
    }
}
