package dev.tenantops.onboarding.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.WellKnownResource;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormerApplicationsTest {

    private static final SeenApplication PRESENCE =
            new SeenApplication("heedify", "presence", "Heedify Presence", Samples.PRESENCE, true);
    private static final SeenApplication CONSOLE =
            new SeenApplication("heedify", "console", "Heedify Agent Console", Samples.CONSOLE, true);
    private static final SeenApplication MAIL =
            new SeenApplication("outreach", "mail", "Outreach Mail", "6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d4444", true);
    private static final String COMMON = Samples.ONBOARDING.replace("[common, extend]", "[common]");
    private static final String OUTREACH = """
            apiVersion: onboarding.tenantops.dev/v1alpha1
            kind: ApplicationCatalog
            metadata: {name: outreach, generation: 1}
            spec:
              publisher: Outreach
              cloud: Global
              allowedNamespaces: {from: All}
              verifier: {clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d5555}
              applications:
              - name: mail
                clientId: 6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d4444
                permissions:
                - {resource: ExchangeOnline, delegated: [EWS.AccessAsUser.All]}
              plans:
              - {name: ews, applications: [mail]}
            """;

    private final Map<String, ApplicationCatalog> catalogs =
            Map.of("heedify", Samples.catalog(Samples.CATALOG), "outreach", Samples.catalog(OUTREACH));

    @Test
    void whatWasSeenAndIsNoLongerLicensedIsFormer() {
        var heedify = only(Samples.resolve(COMMON, catalogs, List.of(PRESENCE, CONSOLE)));
        assertThat(heedify.applications()).extracting(DesiredApplication::name).containsExactly("presence");
        assertThat(heedify.former()).extracting(FormerApplication::name).containsExactly("console");
        assertThat(heedify.clientIds()).containsExactly(Samples.PRESENCE, Samples.CONSOLE);
        // Of the API that it alone needed nothing is read, so that nothing that is needed hangs on that.
        assertThat(heedify.resources()).containsExactly(WellKnownResource.MicrosoftGraph.appId());
    }

    @Test
    void whatWasNeverSeenIsNotFormer() {
        assertThat(only(Samples.resolve(COMMON, catalogs)).former()).isEmpty();
    }

    @Test
    void nothingIsReadBesideWhatIsLicensedWhileNothingIsFormer() {
        var heedify = only(Samples.resolve(Samples.ONBOARDING, catalogs, List.of(PRESENCE, CONSOLE)));
        assertThat(heedify).isEqualTo(only(Samples.desired()));
        assertThat(heedify.clientIds()).containsExactly(Samples.PRESENCE, Samples.CONSOLE);
    }

    @Test
    void aCatalogThatNoLicenceNamesIsReadForWhatItLeftAndBringsNothing() {
        var desired = Samples.resolve(Samples.ONBOARDING, catalogs, List.of(PRESENCE, CONSOLE, MAIL));
        assertThat(desired.problems()).isEmpty();
        assertThat(desired.catalogs()).extracting(DesiredCatalog::name).containsExactly("heedify");
        assertThat(desired.applications()).extracting(DesiredApplication::name).doesNotContain("mail");
        var outreach = desired.unlicensed().getFirst();
        assertThat(outreach.clientIds()).containsExactly(MAIL.clientId());
        assertThat(outreach.verifier().clientId()).isEqualTo("6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d5555");
        assertThat(outreach.applications()).isEmpty();
        assertThat(outreach.endpoints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allowedNamespaces: {from: Selector, selector: {matchLabels: {customer: other}}}",
                "cloud: China",
                "cloud: Custom"
            })
    void aCatalogThatNoLicenceNamesHasToBeUsableHere(String changed) {
        var field = changed.substring(0, changed.indexOf(':'));
        var unusable = Samples.catalog(OUTREACH.replaceFirst(" " + field + ": .*", " " + changed));
        var desired = Samples.resolve(
                Samples.ONBOARDING,
                Map.of("heedify", catalogs.get("heedify"), "outreach", unusable),
                List.of(PRESENCE, MAIL));
        assertThat(desired.unlicensed()).isEmpty();
        assertThat(desired.problems()).isEmpty();
    }

    @Test
    void whatACatalogLeftIsForgottenWhenTheCatalogIsGone() {
        var desired = Samples.resolve(
                Samples.ONBOARDING, Map.of("heedify", catalogs.get("heedify")), List.of(PRESENCE, MAIL));
        assertThat(desired.unlicensed()).isEmpty();
    }

    @Test
    void aLicenceThatCannotBeResolvedTakesNothingAway() {
        var desired = Samples.resolve(
                Samples.ONBOARDING + "  - {catalog: outreach, plans: [ews]}\n",
                Map.of(
                        "heedify",
                        catalogs.get("heedify"),
                        "outreach",
                        Samples.catalog(OUTREACH.replace("Global", "China"))),
                List.of(PRESENCE, MAIL));
        assertThat(desired.problems()).hasSize(1);
        assertThat(desired.unlicensed()).isEmpty();
        assertThat(only(desired).former()).isEmpty();
    }

    @Test
    void whatACatalogNoLongerListsIsFormer() {
        var removed = new SeenApplication(
                "heedify", "reports", "Heedify Reports", "6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d6666", true);
        var heedify = only(Samples.resolve(COMMON, catalogs, List.of(PRESENCE, removed)));
        assertThat(heedify.former())
                .containsExactly(new FormerApplication("heedify", "reports", "Heedify Reports", removed.clientId()));
    }

    @Test
    void whatIsNeededUnderAnotherNameIsNotFormer() {
        var renamed = new SeenApplication("heedify", "old-console", "Console", Samples.CONSOLE, true);
        var moved = new SeenApplication("outreach", "old-console", "Console", Samples.CONSOLE, true);
        var desired = Samples.resolve(Samples.ONBOARDING, catalogs, List.of(renamed, moved));
        assertThat(only(desired).former()).isEmpty();
        assertThat(desired.unlicensed()).isEmpty();
    }

    @Test
    void theVerifierIsNeededWhateverElseItIs() {
        var verifier = new SeenApplication("heedify", "admin-portal", "Admin portal", Samples.VERIFIER, true);
        assertThat(only(Samples.resolve(COMMON, catalogs, List.of(verifier))).former())
                .isEmpty();
    }

    @Test
    void aNameThatIsLicensedWithAnotherRegistrationStandsForThatOne() {
        var earlier = new SeenApplication(
                "heedify", "presence", "Heedify Presence", "6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d7777", true);
        assertThat(only(Samples.resolve(COMMON, catalogs, List.of(earlier))).former())
                .isEmpty();
    }

    private static DesiredCatalog only(DesiredOnboarding desired) {
        assertThat(desired.catalogs()).hasSize(1);
        return desired.catalogs().getFirst();
    }
}
