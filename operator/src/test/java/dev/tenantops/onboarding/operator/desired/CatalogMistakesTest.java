package dev.tenantops.onboarding.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.SpecProblem.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a catalog may hold that is older than a rule of its definition, or that another version has let through. */
class CatalogMistakesTest {

    private static final String PORTAL = "https://portal.heedify.io";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/{tenant}",
                "https://api.example.com/a b",
                "https://api.example.com/%zz",
                "https://api.example.com/\u00e4",
                "https://api.example.com:0",
                "https://api.example.com:70000/a",
                "https://api.example.com:port",
                "https://api example.com",
                "https:///a",
                "https://",
                "https://-.example.com",
                "https://a..example.com",
                "https://10.0.0.1/",
                "https://user@api.example.com/",
                "https://api.example.com/#a",
                "http://api.example.com/",
                "api.example.com",
                ""
            })
    void anEndpointThatCannotBeDialledIsAMistakeOfItsOwn(String url) {
        var desired = resolve("url: \"" + PORTAL + "\"", "url: \"" + url + "\"");
        assertThat(desired.problems()).isEmpty();
        assertThat(desired.applications()).hasSize(2);
        var endpoints = desired.catalogs().getFirst().endpoints();
        assertThat(endpoints).hasSize(2);
        assertThat(endpoints.getLast().probe()).isEmpty();
        assertThat(endpoints.getLast().mistake()).isPresent();
        assertThat(endpoints.getFirst().mistake()).isEmpty();
        assertThat(mistakes("url: \"" + PORTAL + "\"", "url: \"" + url + "\""))
                .singleElement()
                .asString()
                .startsWith("spec.endpoints, portal: url ")
                .contains("Write a URL that can be opened as it stands");
    }

    @Test
    void permissionsBesideAnActionThatNobodyCouldVerifyAreAMistake() {
        assertThat(mistakes(
                        "action: {type",
                        "permissions: [{resource: MicrosoftGraph, delegated: [User.Read]}]\n    action: {type"))
                .singleElement()
                .asString()
                .isEqualTo(
                        "spec.applications, teams-app has permissions and no clientId, so they are not verified. Add the"
                                + " clientId of the application that asks for them, or leave them out.");
    }

    @Test
    void anEndpointWithANameThatIsTooLongForTheDnsIsAMistake() {
        var host = "a.".repeat(130) + "example.com";
        assertThat(mistakes(PORTAL, "https://" + host)).hasSize(1);
        assertThat(mistakes(PORTAL, "https://" + "a".repeat(64) + ".example.com"))
                .hasSize(1);
    }

    @Test
    void aProbeUrlIsHeldToTheSame() {
        assertThat(mistakes("url: \"" + PORTAL + "\"", "url: \"" + PORTAL + "\", probeUrl: \"" + PORTAL + "/{a}\""))
                .singleElement()
                .asString()
                .contains("probeUrl " + PORTAL + "/{a}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                [{key: tier}]                                     | without an operator
                [{operator: Exists}]                              | without a key
                [{key: tier, operator: in, values: [gold]}]       | with the operator in
                [{key: tier, operator: In}]                       | without values
                [{key: tier, operator: NotIn, values: []}]        | without values
                [{key: tier, operator: Exists, values: [gold]}]   | with values
                """)
    void aSelectorWithAMistakeAllowsNobodyAndSaysWhatToWrite(String expressions, String told) {
        var good = "{matchLabels: {customer: \"true\"}}";
        var bad = "{matchExpressions: " + expressions + "}";
        var desired = resolve(good, bad);
        assertThat(desired.catalogs()).isEmpty();
        assertThat(desired.problems()).extracting(SpecProblem::reason).containsExactly(Reason.InvalidSpec);
        assertThat(desired.problems().getFirst().message())
                .startsWith("The catalog heedify: spec.allowedNamespaces.selector")
                .contains(told);
        assertThat(mistakes(good, bad)).singleElement().asString().contains(told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                cloud: Global        | cloud: Moon          | spec.cloud has the value Moon
                from: Selector       | from: Some           | spec.allowedNamespaces.from has the value Some
                from: Selector, selector | from: Selector, selectors | spec.allowedNamespaces.selector is missing
                """)
    void withoutKnowingCloudAndBorderNothingOfTheCatalogIsServed(String good, String bad, String told) {
        var desired = resolve(good, bad);
        assertThat(desired.catalogs()).isEmpty();
        assertThat(desired.problems()).singleElement().satisfies(it -> {
            assertThat(it.reason()).isEqualTo(Reason.InvalidSpec);
            assertThat(it.message()).contains(told);
        });
        assertThat(mistakes(good, bad)).singleElement().asString().contains(told);
    }

    @Test
    void whatIsForeignInAnApplicationConcernsThoseWhoLicenseIt() {
        var good = "satisfiedBy: [{type: Delegated,";
        var bad = "satisfiedBy: [{type: Owned,";
        assertThat(resolve(good, bad).problems()).singleElement().satisfies(it -> {
            assertThat(it.reason()).isEqualTo(Reason.InvalidSpec);
            assertThat(it.message()).contains("satisfiedBy[0].type has the value Owned");
        });
        assertThat(resolve(good, bad).applications()).hasSize(2);
        var other = Samples.resolve(
                Samples.ONBOARDING.replace("[common, extend]", "[common]"),
                Map.of("heedify", Samples.catalog(replaced(Samples.CATALOG, good, bad))));
        assertThat(other.problems()).isEmpty();
        assertThat(other.applications()).hasSize(1);
    }

    @Test
    void whatIsForeignInAnOnboardingIsItsOwnProblem() {
        var desired = new DesiredResolver(Samples::clouds)
                .resolve(
                        Samples.onboarding(
                                        Samples.ONBOARDING
                                                + "  network: {proxy: {url: \"http://proxy\", caBundleRef: {kind: Vault, name: a}}}\n")
                                .getSpec(),
                        "customer",
                        new Surroundings(
                                Map.of("customer", "true"), _ -> Optional.of(Samples.catalog(Samples.CATALOG))),
                        List.of());
        assertThat(desired.problems()).singleElement().satisfies(it -> {
            assertThat(it.reason()).isEqualTo(Reason.InvalidSpec);
            assertThat(it.message()).startsWith("spec.network.proxy.caBundleRef.kind has the value Vault");
        });
        assertThat(desired.applications()).hasSize(2);
    }

    @Test
    void aSampleHasNoMistake() {
        assertThat(CatalogMistakes.of(Samples.catalog(Samples.CATALOG).getSpec()))
                .isEmpty();
    }

    private static DesiredOnboarding resolve(String good, String bad) {
        return Samples.resolve(
                Samples.ONBOARDING, Map.of("heedify", Samples.catalog(replaced(Samples.CATALOG, good, bad))));
    }

    private static List<String> mistakes(String good, String bad) {
        return CatalogMistakes.of(
                        Samples.catalog(replaced(Samples.CATALOG, good, bad)).getSpec())
                .stream()
                .map(SpecProblem::message)
                .toList();
    }

    private static String replaced(String text, String good, String bad) {
        assertThat(text).contains(good);
        return text.replace(good, bad);
    }
}
