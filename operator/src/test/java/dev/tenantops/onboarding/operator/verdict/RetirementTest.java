package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredApplication;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What ends on a day that the catalog names, and what somebody vouches for until a time that the spec names. */
class RetirementTest extends ApplicationJudging {

    private static final Instant DAY = Instant.parse("2026-04-01T00:00:00Z");
    private static final String DIRECTORY = "User.Read.All";

    @Test
    void aGrantIsWorthlessFromTheFirstSecondOfTheDayOn() {
        var ending = console("retirements: [{type: Delegated, value: user.read.all, date: \"2026-04-01\"}]", "");
        assertThat(at(ending, DAY.minusSeconds(1)).state()).isEqualTo(ApplicationState.Granted);
        var over = at(ending, DAY);
        assertThat(over.state()).isEqualTo(ApplicationState.PermissionRetired);
        assertThat(over.granted()).contains(USER_READ_ALL);
        assertThat(over.message().orElseThrow())
                .contains("MicrosoftGraph Delegated user.read.all is retired since 2026-04-01, granted or not.");
    }

    @Test
    void whatWasNeverGrantedIsRetiredAllTheSame() {
        var ending = console("retirements: [{type: Delegated, value: User.Read.All, date: \"2026-04-01\"}]", "");
        assertThat(judge(ending, TenantFixture.of(DAY)).state()).isEqualTo(ApplicationState.PermissionRetired);
    }

    @Test
    void aPermissionOfTheSameNameAndTheOtherTypeGoesOn() {
        var other = console("retirements: [{type: Application, value: User.Read.All, date: \"2026-04-01\"}]", "");
        assertThat(at(other, DAY).state()).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void anOptionalPermissionHoldsBackNothing() {
        var optional = console("retirements: [{type: Delegated, value: Calendars.Read, date: \"2026-04-01\"}]", "");
        var over = judge(optional, granted(DAY).grant("graph", "Calendars.Read"));
        assertThat(over.state()).isEqualTo(ApplicationState.Granted);
        assertThat(over.message().orElseThrow()).contains("Calendars.Read is retired since 2026-04-01");
    }

    @Test
    void aLargerPermissionThatGoesOnDoesInPlaceOfOneThatIsRetired() {
        var ending = console("retirements: [{type: Delegated, value: User.Read.All, date: \"2026-04-01\"}]", "");
        assertThat(judge(ending, granted(DAY).grant("graph", "Directory.Read.All"))
                        .state())
                .isEqualTo(ApplicationState.Granted);
    }

    @Test
    void aLargerPermissionThatIsRetiredDoesNotAnyMore() {
        var ending = console("retirements: [{type: Delegated, value: Directory.Read.All, date: \"2026-04-01\"}]", "");
        var larger = TenantFixture.of(DAY)
                .application(Samples.CONSOLE)
                .grant("graph", "Directory.Read.All")
                .grant("acs", "Teams.ManageCalls");
        assertThat(judge(ending, larger).state()).isEqualTo(ApplicationState.PermissionRetired);
        assertThat(at(ending, DAY).state()).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void aRetiredPermissionThatItsApiForgetsIsNoMistakeInTheCatalog() {
        var ending = console("retirements: [{type: Delegated, value: User.Read.All, date: \"2026-04-01\"}]", "");
        var gone = granted(DAY).undefined("graph", "User.Read.All");
        assertThat(judge(ending, gone).state()).isEqualTo(ApplicationState.PermissionRetired);
    }

    @Test
    void whatSomebodyAttestsIsAttestedAndNeitherGrantedNorMissing() {
        var waived = console("waivable: [{type: Delegated, value: User.Read.All}]", attested("2026-04-01T00:00:00Z"));
        var tenant = TenantFixture.of(NOW).application(Samples.CONSOLE).grant("acs", "Teams.ManageCalls");
        var verdict = judge(waived, tenant);
        assertThat(verdict.state()).isEqualTo(ApplicationState.Attested);
        assertThat(verdict.attested()).containsExactly(USER_READ_ALL);
        assertThat(verdict.granted()).containsExactly(MANAGE_CALLS);
        assertThat(verdict.missing()).isEmpty();
    }

    @Test
    void whatIsGrantedNeedsNobodysWord() {
        var waived = console("waivable: [{type: Delegated, value: User.Read.All}]", attested("2026-04-01T00:00:00Z"));
        var verdict = at(waived, NOW);
        assertThat(verdict.state()).isEqualTo(ApplicationState.Granted);
        assertThat(verdict.attested()).isEmpty();
    }

    @Test
    void anAttestationEndsToTheSecond() {
        var waived = console("waivable: [{type: Delegated, value: User.Read.All}]", attested("2026-04-01T00:00:00.9Z"));
        assertThat(without(waived, DAY.minusSeconds(1)).state()).isEqualTo(ApplicationState.Attested);
        assertThat(without(waived, DAY).state()).isEqualTo(ApplicationState.PermissionsMissing);
    }

    @Test
    void anAttestationOfMoreThanAYearDoesNotCountUntilItsEndIsThatNear() {
        var end = Instant.parse("2027-12-01T00:00:00Z");
        var waived = console("waivable: [{type: Delegated, value: User.Read.All}]", attested(end.toString()));
        assertThat(without(waived, NOW).state()).isEqualTo(ApplicationState.PermissionsMissing);
        assertThat(without(waived, end.minus(Duration.ofDays(365))).state()).isEqualTo(ApplicationState.Attested);
        assertThat(Deadlines.next(List.of(without(waived, NOW)), NOW)).contains(end.minus(Duration.ofDays(366)));
        assertThat(Deadlines.end(List.of(without(waived, NOW)), NOW)).contains(end);
    }

    @Test
    void nobodyCanDoWithoutWhatTheCatalogDoesNotCallWaivable() {
        assertThat(without(console("", attested("2026-04-01T00:00:00Z")), NOW).state())
                .isEqualTo(ApplicationState.PermissionsMissing);
    }

    @Test
    void whoDoesWithoutWhatIsRetiredGoesOn() {
        var both = console(
                "waivable: [{type: Delegated, value: User.Read.All}], retirements: [{type: Delegated, value:"
                        + " User.Read.All, date: \"2026-04-01\"}]",
                attested("2026-05-01T00:00:00Z"));
        var over = at(both, DAY);
        assertThat(over.state()).isEqualTo(ApplicationState.Attested);
        assertThat(over.attested()).containsExactly(USER_READ_ALL);
        assertThat(at(both, Instant.parse("2026-05-01T00:00:00Z")).state())
                .isEqualTo(ApplicationState.PermissionRetired);
    }

    @Test
    void anApplicationThatIsNotThereHasToBeConsentedToWhateverIsAttested() {
        var waived = console(
                "waivable: [{type: Delegated, value: User.Read.All}]",
                attested("2026-04-01T00:00:00Z")
                        + ", {catalog: heedify, application: console, permission:"
                        + " AzureCommunicationServices/Delegated/Teams.ManageCalls, reason: a, until:"
                        + " \"2026-04-01T00:00:00Z\"}");
        assertThat(judge(waived, TenantFixture.of(NOW)).state()).isEqualTo(ApplicationState.ConsentRequired);
    }

    @Test
    void theNextCheckIsNotLaterThanWhatEnds() {
        var ending = console("retirements: [{type: Delegated, value: User.Read.All, date: \"2026-04-01\"}]", "");
        var verdict = at(ending, DAY.minusSeconds(90));
        var delay = new RecheckDelay(PROPAGATION, Duration.ofSeconds(30));
        var left = Deadlines.next(List.of(verdict), DAY.minusSeconds(90)).map(it -> Duration.ofSeconds(90));
        assertThat(left).isPresent();
        assertThat(delay.unchanged(Duration.ofMinutes(5), left, 0.5)).isEqualTo(Duration.ofSeconds(90));
        assertThat(delay.unchanged(Duration.ofMinutes(5), Optional.of(Duration.ofHours(2)), 0.5))
                .isEqualTo(Duration.ofMinutes(5));
        assertThat(delay.unchanged(Duration.ofMinutes(5), Optional.of(Duration.ofMillis(-1)), 0.5))
                .isEqualTo(Duration.ofSeconds(1));
        assertThat(Deadlines.next(List.of(verdict), DAY)).isEmpty();
    }

    private static String attested(String until) {
        return "{catalog: heedify, application: console, permission: MicrosoftGraph/Delegated/" + DIRECTORY
                + ", reason: Somebody says so, until: \"" + until + "\"}";
    }

    /** The console, with more in its entry of Microsoft Graph, and what is attested. */
    private static DesiredApplication console(String more, String attestations) {
        var catalog = Samples.CATALOG.replace(
                "      optional: {delegated: [Calendars.Read]}\n",
                "      optional: {delegated: [Calendars.Read]}\n"
                        + List.of(more.split("(?<=]), (?=[a-z]+:)")).stream()
                                .filter(it -> !it.isBlank())
                                .map(it -> "      " + it + "\n")
                                .reduce("", String::concat));
        var onboarding = Samples.ONBOARDING + "  attestations: [" + attestations + "]\n";
        return Samples.resolve(onboarding, Map.of("heedify", Samples.catalog(catalog)))
                .applications()
                .getLast();
    }

    private Proven at(DesiredApplication application, Instant now) {
        return judge(application, granted(now));
    }

    /** Judged by a tenant that has the application and not the permission that is attested. */
    private Proven without(DesiredApplication application, Instant now) {
        return judge(
                application, TenantFixture.of(now).application(Samples.CONSOLE).grant("acs", "Teams.ManageCalls"));
    }

    private static TenantFixture granted(Instant now) {
        return grantedAt(now);
    }
}
