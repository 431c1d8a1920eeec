package dev.tenantops.onboarding.operator.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationState;
import dev.tenantops.onboarding.api.ApplicationCatalogStatus.RegistrationStatus;
import dev.tenantops.onboarding.api.ApplicationState;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.page.view.ConsentOutcome;
import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.PageView;
import dev.tenantops.onboarding.operator.page.view.ReturnedConsent;
import dev.tenantops.onboarding.operator.page.view.SampleTenants;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The page as browsers get it. */
class AdministratorPageTest {

    static List<String> files() {
        return SampleTenants.files();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyApplicationOfASampleIsAnElementWithItsStateInEveryStateAndLanguage(String file) {
        for (var language : Language.values()) {
            for (var state : ApplicationState.values()) {
                var view = SampleTenants.of(file).all(state).view();
                var page = AdministratorRendering.whole(view, language);
                assertThat(view.applications())
                        .allSatisfy(it -> assertThat(page)
                                .contains("data-application=\"" + it.key() + "\" data-state=\"" + it.state() + "\""));
                assertThat(page)
                        .contains("<html lang=\"" + language.tag() + "\"")
                        .contains("data-ready=\"" + view.head().ready() + "\"");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcomeOfAConsentIsToldInWords(ConsentOutcome outcome) {
        var view = SampleTenants.of("heedify-common.yaml")
                .granted(0)
                .view(SampleTenants.NOW, Optional.of(new ReturnedConsent("reports", outcome)));
        for (var language : Language.values()) {
            assertThat(AdministratorRendering.content(view, language))
                    .contains("data-outcome=\"" + outcome + "\"")
                    .contains("Heedify Reports");
        }
    }

    @Test
    void anApplicationThatWaitsHasAConsentButtonToMicrosoftInTheSameTab() {
        var page = AdministratorRendering.content(
                SampleTenants.of("heedify-common.yaml").granted(2).view(), Language.English);
        assertThat(page.split("data-action=\"consent\"")).hasSize(2);
        assertThat(page)
                .containsPattern("data-action=\"consent\" href=\"https://login\\.microsoftonline\\.com/[^\"]*\"")
                .doesNotContainPattern("data-action=\"consent\"[^>]*target=");
    }

    @Test
    void verifierEndpointsAndButtonsAreFoundByTheContractOfThePage() {
        var page = AdministratorRendering.content(
                SampleTenants.of("heedify-unify.yaml").granted(1).view(), Language.English);
        assertThat(page)
                .contains("data-verifier=\"heedify\" data-state=\"Authorized\"")
                .contains("data-endpoint=\"heedify/signalr\" data-state=\"NotVerified\"")
                .contains("data-copy=\"firewall\"");
    }

    @Test
    void theContentIsThatOfTheWholePage() {
        var view = SampleTenants.of("heedify-extend.yaml").granted(1).view();
        assertThat(AdministratorRendering.whole(view, Language.English))
                .contains(AdministratorRendering.content(view, Language.English).strip());
    }

    @ParameterizedTest
    @MethodSource("files")
    void nothingIsInlineThatThePolicyForbidsAndNothingIsLoadedFromElsewhere(String file) {
        var page =
                AdministratorRendering.whole(SampleTenants.of(file).granted(1).view(), Language.English);
        assertThat(page)
                .doesNotContain("style=")
                .doesNotContain("<style")
                .doesNotContainPattern("<script(?! src=\"/assets/)")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("(?:src|<link[^>]*href)=\"(?:https?:)?//");
    }

    @Test
    void aTenantWhoseNameIsNotKnownIsTheReadersOrganizationInTheTitleAndItsIdIsBeneath() {
        var named = SampleTenants.of("heedify-common.yaml").ready();
        assertThat(AdministratorRendering.content(named.view(), Language.English))
                .contains("<h1 id=\"title\">Microsoft 365 consents for Contoso Ltd</h1>");
        var view = named.called(null).view();
        assertThat(AdministratorRendering.content(view, Language.English))
                .contains("<h1 id=\"title\">Microsoft 365 consents of your organization</h1>")
                .contains("<code>" + view.head().tenantId() + "</code>");
    }

    @Test
    void nothingIsValidUntilATimeBeforeItWasEverVerified() {
        assertThat(AdministratorRendering.content(
                        SampleTenants.of("heedify-common.yaml").ready().view(), Language.English))
                .contains("Valid until");
        assertThat(AdministratorRendering.content(
                        SampleTenants.of("heedify-common.yaml").neverVerified().view(), Language.English))
                .contains("Not yet")
                .contains("data-notice=\"NotYetVerified\"")
                .doesNotContain("Valid until");
    }

    @Test
    void whatWouldBecomeOfTheVerifiersConsentStandsBesideIt() {
        var view = SampleTenants.of("heedify-common.yaml")
                .neverVerified()
                .registration(
                        "heedify",
                        new RegistrationStatus(
                                null,
                                "4eed1f00-0000-4000-8000-0000000000ff",
                                RegistrationState.SingleTenant,
                                null,
                                null,
                                List.of()))
                .view();
        var page = AdministratorRendering.content(view, Language.English);
        assertThat(page.split("data-obstacle=\"RegistrationSingleTenant\"")).hasSize(2);
        var verifier = page.substring(page.indexOf("data-verifier="), page.indexOf("data-application="));
        assertThat(verifier)
                .contains("data-obstacle=\"RegistrationSingleTenant\"")
                .doesNotContain("data-action=\"consent\"");
    }

    @Test
    void whatTheVendorWritesIsTextAndNeverMarkup() {
        var hostile = "<script>alert(1)</script>\" onmouseover=\"alert(2)";
        var catalog = Samples.catalog("""
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: ApplicationCatalog
                metadata: {name: heedify}
                spec:
                  publisher: &hostile '<script>alert(1)</script>" onmouseover="alert(2)'
                  allowedNamespaces: {from: All}
                  branding: {product: *hostile, supportUrl: 'javascript:alert(1)', logo: 'data:text/html,x', accentColor: '#fff;}*{'}
                  verifier: {clientId: *hostile}
                  applications:
                  - name: reports
                    displayName: *hostile
                    purpose: *hostile
                    clientId: *hostile
                    permissions: [{resource: MicrosoftGraph, delegated: [*hostile]}]
                    prerequisites: [{name: it, description: *hostile, required: true, url: 'javascript:alert(1)'}]
                  plans: [{name: common, displayName: *hostile, applications: [reports]}]
                  endpoints: [{name: it, url: 'wss://"><script>alert(1)<x'}]
                """);
        var tenant = SampleTenants.of("heedify-common.yaml").called(hostile).granted(0);
        var page = AdministratorRendering.whole(view(tenant, catalog), Language.English);
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>")
                .doesNotContain("\" onmouseover=\"")
                .doesNotContain("javascript:")
                .doesNotContain("data:text")
                .doesNotContain("accent-");
    }

    private static PageView view(SampleTenants tenant, ApplicationCatalog catalog) {
        return PageView.of(tenant.built(), Map.of("heedify", catalog), SampleTenants.NOW, Optional.empty());
    }

    @Test
    void aSilentApiServerIsSaidWithTheTimeOfWhatIsShown() {
        var view = SampleTenants.of("heedify-common.yaml").ready().view();
        var page = AdministratorRendering.render(
                "administrator/content",
                view,
                new PageRequest(
                        AdministratorRendering.PATH,
                        Language.English,
                        true,
                        Optional.of(SampleTenants.NOW.minusSeconds(120))));
        assertThat(page)
                .contains("28 November 2026, 08:58 UTC")
                .contains("This page may be behind")
                .contains("/onboarding/token/pack.txt?lang=en");
    }

    @Test
    void onlyWhatIsProvenLeadsToAProof() {
        assertThat(AdministratorRendering.content(
                        SampleTenants.of("heedify-common.yaml").ready().view(), Language.English))
                .contains("/onboarding/token/proof");
        assertThat(AdministratorRendering.content(
                        SampleTenants.of("heedify-common.yaml").granted(2).view(), Language.English))
                .doesNotContain("/onboarding/token/proof");
    }

    @ParameterizedTest
    @EnumSource
    void theProofNamesTheTenantTheTimesAndEveryConsent(Language language) {
        var view = SampleTenants.of("heedify-extend.yaml").ready().view();
        var proof = AdministratorRendering.render(
                "administrator/proof",
                language,
                Map.of("page", view, "at", AdministratorRendering.request(language), "now", SampleTenants.NOW));
        assertThat(proof)
                .contains(view.head().tenantId())
                .contains(language.time(SampleTenants.NOW))
                .contains(language.time(view.head().validUntil().orElseThrow()));
        assertThat(view.applications())
                .allSatisfy(it -> assertThat(proof).contains("data-application=\"" + it.key() + "\""));
    }
}
