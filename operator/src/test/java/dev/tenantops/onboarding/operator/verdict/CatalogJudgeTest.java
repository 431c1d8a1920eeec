package dev.tenantops.onboarding.operator.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.api.VerifierStatus.Tier;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.FormerApplication;
import dev.tenantops.onboarding.operator.desired.SeenApplication;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Reading;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.NotVerifiable;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Proven;
import dev.tenantops.onboarding.operator.verdict.ApplicationVerdict.Unread;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The licences bring the presence application and the console, or the former alone while the tenant still has both. */
class CatalogJudgeTest extends ApplicationJudging {

    private static final CatalogMemory NOTHING = new CatalogMemory(Map.of(), Map.of());
    private static final Failure DENIED =
            Failure.of(Failure.Reason.VerifierPermissionsMissing, "no Directory.Read.All", "Wait.");
    private static final Failure FAILURE = Failure.of(Failure.Reason.GraphUnavailable, "no answer", "Wait.");

    private final CatalogJudge catalogs = new CatalogJudge(PROPAGATION);
    private final DesiredCatalog both = Samples.desired().catalogs().getFirst();
    private final DesiredCatalog less = withoutConsole().catalogs().getFirst();
    private final CatalogMemory consoleGranted =
            new CatalogMemory(Map.of("console", judge(console, granted()).memory()), Map.of());

    @Test
    void whatNobodyTakesBackIsReadOnce() {
        assertThat(reread(both, everything(), NOTHING)).isEqualTo(new Reread.Nothing());
        assertThat(reread(both, everything(), consoleGranted)).isEqualTo(new Reread.Nothing());
        assertThat(reread(both, later(), NOTHING)).isEqualTo(new Reread.Nothing());
    }

    @Test
    void whatAReadingTakesBackIsReadAgainAlone() {
        assertThat(reread(both, later(), consoleGranted)).isEqualTo(new Reread.Applications(Set.of(Samples.CONSOLE)));
    }

    @Test
    void whatNoLicenceBringsAndIsGoneIsReadAgain() {
        assertThat(reread(less, everything(), NOTHING)).isEqualTo(new Reread.Nothing());
        assertThat(reread(less, later(), NOTHING)).isEqualTo(new Reread.Applications(Set.of(Samples.CONSOLE)));
    }

    @Test
    void noPermissionIsCalledUnknownByDefinitionsThatWereRememberedOnly() {
        var unknown = everything().undefined("acs", "Teams.ManageCalls");
        assertThat(reread(both, unknown, NOTHING)).isEqualTo(new Reread.Definitions());
        assertThat(catalogs.reread(both, unknown.observation(), NOTHING, true)).isEqualTo(new Reread.Nothing());
    }

    @Test
    void twoReadingsThatAgreeTakeItBackAndOneThatDisagreesDoesNot() {
        var first = later().observation();
        assertThat(consoleOf(new CatalogReading(first, Map.of(Samples.CONSOLE, first), Optional.empty())))
                .returns(ApplicationState.Propagating, Proven::state)
                .returns(true, Proven::settled);
        assertThat(consoleOf(new CatalogReading(
                        first, Map.of(Samples.CONSOLE, everything().observation()), Optional.empty())))
                .returns(ApplicationState.Granted, Proven::state)
                .returns(false, Proven::settled);
    }

    @Test
    void aSecondReadingSaysNothingOfWhatTheFirstDidNotTakeBack() {
        var reading = new CatalogReading(
                everything().observation(), Map.of(Samples.CONSOLE, later().observation()), Optional.empty());
        assertThat(consoleOf(reading).state()).isEqualTo(ApplicationState.Granted);
    }

    @Test
    void theSecondReadingTellsWhetherWhatNoLicenceBringsIsGone() {
        var there = new CatalogReading(
                later().observation(), Map.of(Samples.CONSOLE, everything().observation()), Optional.empty());
        assertThat(catalogs.judge(less, there, NOTHING).former()).hasOnlyElementsOfType(FormerVerdict.Present.class);
        assertThat(judge(less, later()).former()).hasOnlyElementsOfType(FormerVerdict.Gone.class);
    }

    @Test
    void eachIsJudgedByItsOwnMemory() {
        var verdicts = catalogs.judge(both, once(later()), consoleGranted).applications();
        assertThat(verdicts)
                .extracting(it -> ((Proven) it).state())
                .containsExactly(ApplicationState.ConsentRequired, ApplicationState.Propagating);
    }

    @Test
    void aVerifierHasToSeeDelegatedGrantsOnlyWhereALicensedApplicationNeedsThem() {
        var tenant = everything().delegatedGrants(Samples.PRESENCE, Reading.failed(DENIED));
        assertThat(judge(both, tenant).verifier().failure()).contains(DENIED);
        assertThat(judge(less, tenant).verifier().failure()).isEmpty();
    }

    @Test
    void whatNoLicenceBringsSaysNothingOfTheVerifier() {
        var tenant = everything().appRoleAssignments(Samples.CONSOLE, Reading.failed(FAILURE));
        assertThat(judge(both, tenant).verifier().failure()).contains(FAILURE);
        assertThat(judge(less, tenant).verifier())
                .returns(Optional.empty(), VerifierVerdict::failure)
                .returns(Optional.of(Tier.Directory), VerifierVerdict::tier);
    }

    @Test
    void whereTheTenantHasNothingElseItShowsWhatTheVerifierMayRead() {
        var alone = granted().delegatedGrants(Samples.CONSOLE, Reading.failed(DENIED));
        assertThat(judge(less, alone).verifier().tier()).contains(Tier.Application);
        var beside = everything().delegatedGrants(Samples.CONSOLE, Reading.failed(DENIED));
        assertThat(judge(less, beside).verifier().tier()).contains(Tier.Directory);
    }

    @Test
    void ofASuspendedCatalogNothingIsKnown() {
        var teams = Samples.resolve(
                        Samples.ONBOARDING.replace("[common, extend]}", "[common], applications: [teams-app]}"),
                        Map.of("heedify", Samples.catalog(Samples.CATALOG)),
                        List.of(seen()))
                .catalogs()
                .getFirst();
        var suspended = CatalogJudge.suspended(teams);
        assertThat(suspended.verifier())
                .isEqualTo(new VerifierVerdict("heedify", Samples.VERIFIER, Optional.empty(), Optional.empty()));
        assertThat(suspended.applications().getFirst()).isInstanceOf(Unread.class);
        assertThat(suspended.applications().getLast()).isInstanceOf(NotVerifiable.class);
        assertThat(suspended.former()).containsExactly(new FormerVerdict.Unread(former()));
    }

    @Test
    void ofACatalogThatNoLicenceNamesOnlyWhatItLeftBehindIsTold() {
        var desired = new DesiredOnboarding(List.of(), List.of(less), List.of());
        var verdict = OnboardingVerdict.of(NOW, desired, it -> judge(it, everything()), List.of());
        assertThat(verdict.verifiers()).isEmpty();
        assertThat(verdict.applications()).isEmpty();
        assertThat(verdict.former()).extracting(FormerVerdict::application).containsExactly(former());
    }

    private Proven consoleOf(CatalogReading reading) {
        return (Proven)
                catalogs.judge(both, reading, consoleGranted).applications().getLast();
    }

    private CatalogVerdict judge(DesiredCatalog catalog, TenantFixture tenant) {
        return catalogs.judge(catalog, once(tenant), NOTHING);
    }

    private Reread reread(DesiredCatalog catalog, TenantFixture tenant, CatalogMemory memory) {
        return catalogs.reread(catalog, tenant.observation(), memory, false);
    }

    private static CatalogReading once(TenantFixture tenant) {
        return CatalogReading.once(tenant.observation(), Optional.empty());
    }

    private static TenantFixture everything() {
        return granted().application(Samples.PRESENCE).role("graph", "Presence.Read.All");
    }

    /** Nothing is there any more. */
    private static TenantFixture later() {
        return TenantFixture.of(NOW.plusSeconds(300));
    }

    private static DesiredOnboarding withoutConsole() {
        return Samples.resolve(
                Samples.ONBOARDING.replace("[common, extend]", "[common]"),
                Map.of("heedify", Samples.catalog(Samples.CATALOG)),
                List.of(seen()));
    }

    private static SeenApplication seen() {
        return new SeenApplication("heedify", "console", "Heedify Agent Console", Samples.CONSOLE, true);
    }

    private static FormerApplication former() {
        return new FormerApplication("heedify", "console", "Heedify Agent Console", Samples.CONSOLE);
    }
}
