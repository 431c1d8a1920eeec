package dev.tenantops.onboarding.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenantops.onboarding.api.Cloud;
import dev.tenantops.onboarding.api.TenantOnboardingSpec;
import dev.tenantops.onboarding.operator.Samples;
import dev.tenantops.onboarding.operator.desired.DesiredOnboarding.DesiredCatalog;
import dev.tenantops.onboarding.operator.desired.SpecProblem.Reason;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DesiredResolverTest {

    private static final Map<String, String> ALLOWED = Map.of("customer", "true");

    /** The configuration of an operator for two sovereign clouds. */
    private static final Clouds CLOUDS = new Clouds() {
        @Override
        public Optional<CloudEndpoints> endpoints(CloudName name) {
            return name.custom()
                    .filter(custom()::contains)
                    .map(it -> new CloudEndpoints(
                            Cloud.Custom,
                            URI.create("https://login." + it + ".example"),
                            URI.create("https://graph." + it + ".example")));
        }

        @Override
        public List<String> custom() {
            return List.of("bleu", "delos");
        }
    };

    @Test
    void plansBringTheirApplicationsInTheCatalogsOrder() {
        var desired = Samples.desired();
        assertThat(desired.problems()).isEmpty();
        assertThat(desired.applications()).extracting(DesiredApplication::name).containsExactly("presence", "console");
    }

    @Test
    void aSingleApplicationComesBesideThePlansAndOnce() {
        var desired = resolve("plans: [common, extend]", "plans: [common], applications: [presence, teams-app]");
        assertThat(desired.applications())
                .extracting(DesiredApplication::name)
                .containsExactly("presence", "teams-app");
    }

    @Test
    void clientIdsAndResourcesAreComparedInLowerCase() {
        var presence = Samples.desired().applications().getFirst();
        assertThat(presence.clientId()).contains(Samples.PRESENCE);
        assertThat(presence.permissions().getFirst().resourceAppId()).isEqualTo("00000003-0000-0000-c000-000000000000");
    }

    @Test
    void aPermissionKeepsItsResourceAndItsSupersets() {
        var console = Samples.desired().applications().getLast();
        assertThat(console.permissions())
                .extracting(
                        it -> it.permission().toString(), DesiredPermission::required, DesiredPermission::satisfiedBy)
                .containsExactlyInAnyOrder(
                        tuple("MicrosoftGraph Delegated User.Read.All", true, List.of("Directory.Read.All")),
                        tuple("MicrosoftGraph Delegated openid", true, List.of()),
                        tuple("MicrosoftGraph Delegated Calendars.Read", false, List.of()),
                        tuple("AzureCommunicationServices Delegated Teams.ManageCalls", true, List.of()));
    }

    @Test
    void onlyTheOpenidScopesOfGraphCannotBeVerified() {
        var console = Samples.desired().applications().getLast();
        assertThat(console.permissions())
                .filteredOn(it -> !it.verifiable())
                .extracting(it -> it.permission().value())
                .containsExactly("openid");
    }

    @Test
    void endpointsComeWithThePlansThatNeedThem() {
        var extend = Samples.desired().catalogs().getFirst().endpoints();
        assertThat(extend)
                .containsExactly(
                        new DesiredEndpoint("heedify/signalr", "wss://*.signalr.net", Optional.empty()),
                        new DesiredEndpoint(
                                "heedify/portal",
                                "https://portal.heedify.io",
                                Optional.of(URI.create("https://portal.heedify.io"))));
        var common = resolve("plans: [common, extend]", "plans: [common]")
                .catalogs()
                .getFirst()
                .endpoints();
        assertThat(common).extracting(DesiredEndpoint::name).containsExactly("heedify/portal");
    }

    @ParameterizedTest
    @CsvSource({
        "'catalog: heedify', 'catalog: heedfy', UnknownCatalog",
        "'[common, extend]', '[common, pro]', UnknownPlan",
        "'plans: [common, extend]', 'plans: [common], applications: [console2]', UnknownApplication"
    })
    void whatTheOperatorAloneCanKnowIsNamedWithWhatToDo(String good, String bad, Reason reason) {
        var desired = resolve(good, bad);
        assertThat(desired.problems()).extracting(SpecProblem::reason).containsExactly(reason);
        assertThat(desired.problems().getFirst().message()).containsAnyOf("orrect spec.licenses");
    }

    @Test
    void aMistakeNeverStopsTheOtherLicences() {
        var desired = Samples.resolve(
                Samples.ONBOARDING + "  - {catalog: outreach, plans: [graph]}\n",
                Map.of("heedify", Samples.catalog(Samples.CATALOG)));
        assertThat(desired.problems()).extracting(SpecProblem::reason).containsExactly(Reason.UnknownCatalog);
        assertThat(desired.applications()).hasSize(2);
        var unknownPlan = resolve("[common, extend]", "[common, pro]");
        assertThat(unknownPlan.applications())
                .extracting(DesiredApplication::name)
                .containsExactly("presence");
    }

    @Test
    void aNamespaceThatTheCatalogDoesNotAllowGetsNothingOfIt() {
        var catalog = Samples.catalog(Samples.CATALOG);
        var desired = new DesiredResolver(Samples::clouds)
                .resolve(
                        Samples.onboarding(Samples.ONBOARDING).getSpec(),
                        "elsewhere",
                        new Surroundings(Map.of("customer", "false"), _ -> Optional.of(catalog)),
                        List.of());
        assertThat(desired.catalogs()).isEmpty();
        assertThat(desired.problems()).extracting(SpecProblem::reason).containsExactly(Reason.NamespaceNotAllowed);
    }

    @ParameterizedTest
    @CsvSource({"In, true", "In, false", "NotIn, false", "Exists, true", "DoesNotExist, false", "Unheard, true"})
    void selectorExpressionsDecideAsKubernetesDoes(String operator, String label) {
        var catalog = Samples.catalog(Samples.CATALOG.replace(
                "{matchLabels: {customer: \"true\"}}",
                "{matchExpressions: [{key: customer, operator: " + operator
                        + (operator.endsWith("In") ? ", values: [\"true\"]" : "") + "}]}"));
        var desired = new DesiredResolver(Samples::clouds)
                .resolve(
                        Samples.onboarding(Samples.ONBOARDING).getSpec(),
                        "customer-contoso",
                        new Surroundings(Map.of("customer", label), _ -> Optional.of(catalog)),
                        List.of());
        var expected = switch (operator) {
            case "In" -> label.equals("true");
            case "NotIn" -> !label.equals("true");
            case "Exists" -> true;
            default -> false;
        };
        assertThat(desired.problems().isEmpty()).isEqualTo(expected);
    }

    @Test
    void aTenantThatAnotherOnboardingVerifiesIsNotReadAndTheLicenceOfAnotherVerifierIs() {
        var catalogs = Map.of(
                "heedify",
                Samples.catalog(Samples.CATALOG),
                "other",
                Samples.catalog(Samples.CATALOG.replace(Samples.VERIFIER, Samples.CONSOLE)));
        var desired = new DesiredResolver(Samples::clouds)
                .resolve(
                        Samples.onboarding(Samples.ONBOARDING + "  - {catalog: other, plans: [common]}\n")
                                .getSpec(),
                        "customer-contoso",
                        new Surroundings(ALLOWED, name -> Optional.ofNullable(catalogs.get(name)), Set.of("heedify")),
                        List.of());
        assertThat(desired.catalogs())
                .extracting(DesiredOnboarding.DesiredCatalog::name)
                .containsExactly("other");
        assertThat(desired.problems())
                .extracting(SpecProblem::reason, SpecProblem::unresolved)
                .containsExactly(tuple(Reason.TenantClaimedElsewhere, Optional.of("heedify")));
    }

    @Test
    void whatALicenceLeftInATenantOfAnotherOnboardingIsNotRead() {
        var left = List.of(new SeenApplication("other", "left", "Left", "6f0c2c60-6b7c-4b52-9d3b-8a5a3a3d4444", true));
        Function<Set<String>, DesiredOnboarding> resolved = claimed -> new DesiredResolver(Samples::clouds)
                .resolve(
                        Samples.onboarding(Samples.ONBOARDING).getSpec(),
                        "customer-contoso",
                        new Surroundings(ALLOWED, _ -> Optional.of(Samples.catalog(Samples.CATALOG)), claimed),
                        left);
        assertThat(resolved.apply(Set.of()).unlicensed()).hasSize(1);
        assertThat(resolved.apply(Set.of("other")).unlicensed()).isEmpty();
        assertThat(resolved.apply(Set.of("other")).problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"In", "NotIn", "Exists", "DoesNotExist"})
    void ofLabelsThatAreNotKnownNoSelectorSaysAnything(String operator) {
        var catalog = Samples.catalog(Samples.CATALOG.replace(
                        "{matchLabels: {customer: \"true\"}}",
                        "{matchExpressions: [{key: customer, operator: " + operator
                                + (operator.endsWith("In") ? ", values: [\"true\"]" : "") + "}]}"))
                .getSpec();
        assertThat(NamespacePermission.of(catalog.allowedNamespaces(), Optional.empty()))
                .isEqualTo(NamespacePermission.Unknown);
        assertThat(NamespacePermission.of(catalog.allowedNamespaces(), Optional.of(Map.of())))
                .isEqualTo(
                        operator.startsWith("Not") || operator.startsWith("DoesNot")
                                ? NamespacePermission.Allowed
                                : NamespacePermission.Denied);
    }

    @Test
    void licencesOfTwoCloudsCannotBothHold() {
        var china = Samples.catalog(Samples.CATALOG.replace("cloud: Global", "cloud: China"));
        var desired = Samples.resolve(
                Samples.ONBOARDING + "  - {catalog: heedify-china, plans: [common]}\n",
                Map.of("heedify", Samples.catalog(Samples.CATALOG), "heedify-china", china));
        assertThat(desired.problems()).extracting(SpecProblem::reason).containsExactly(Reason.CloudMismatch);
        assertThat(desired.catalogs()).hasSize(1);
    }

    @Test
    void aCustomCloudWithoutConfiguredEndpointsIsNamed() {
        var custom = Samples.catalog(Samples.CATALOG.replace("cloud: Global", "cloud: Custom"));
        var desired = new DesiredResolver(it -> CloudEndpoints.of(it.cloud()))
                .resolve(
                        Samples.onboarding(Samples.ONBOARDING).getSpec(),
                        "customer-contoso",
                        new Surroundings(ALLOWED, _ -> Optional.of(custom)),
                        List.of());
        assertThat(desired.problems()).extracting(SpecProblem::reason).containsExactly(Reason.InvalidReference);
        assertThat(desired.problems().getFirst().message())
                .contains("Custom (custom)", "its configuration has none", "onboarding.clouds.custom.login-url");
    }

    @Test
    void aCloudThatTheConfigurationDoesNotHaveIsNamedWithThoseThatItHas() {
        var desired = resolveIn("cloud: Custom\n  cloudName: blue", CLOUDS);
        assertThat(desired.catalogs()).isEmpty();
        assertThat(desired.problems()).extracting(SpecProblem::reason).containsExactly(Reason.InvalidReference);
        assertThat(desired.problems().getFirst().message())
                .isEqualTo(
                        "The catalog heedify: The operator does not know the endpoints of the cloud Custom (blue); its"
                                + " configuration has bleu, delos. Set onboarding.clouds.blue.login-url and"
                                + " onboarding.clouds.blue.graph-url, or correct spec.cloud and spec.cloudName.");
    }

    @Test
    void eachNamedCloudHasItsOwnEndpoints() {
        assertThat(resolveIn("cloud: Custom\n  cloudName: bleu", CLOUDS).catalogs())
                .extracting(it -> it.cloud().login())
                .containsExactly(URI.create("https://login.bleu.example"));
        assertThat(resolveIn("cloud: Custom\n  cloudName: delos", CLOUDS).catalogs())
                .extracting(it -> it.cloud().graph())
                .containsExactly(URI.create("https://graph.delos.example"));
    }

    @Test
    void licencesOfTwoNamedCloudsCannotBothHold() {
        var bleu = Samples.catalog(Samples.CATALOG.replace("cloud: Global", "cloud: Custom\n  cloudName: bleu"));
        var delos = Samples.catalog(Samples.CATALOG.replace("cloud: Global", "cloud: Custom\n  cloudName: delos"));
        var desired = new DesiredResolver(CLOUDS)
                .resolve(
                        Samples.onboarding(Samples.ONBOARDING + "  - {catalog: delos, plans: [common]}\n")
                                .getSpec(),
                        "customer-contoso",
                        new Surroundings(ALLOWED, name -> Optional.of(name.equals("delos") ? delos : bleu)),
                        List.of());
        assertThat(desired.problems()).extracting(SpecProblem::reason).containsExactly(Reason.CloudMismatch);
        assertThat(desired.catalogs()).extracting(DesiredCatalog::name).containsExactly("heedify");
    }

    private static DesiredOnboarding resolveIn(String cloud, Clouds clouds) {
        var catalog = Samples.catalog(Samples.CATALOG.replace("cloud: Global", cloud));
        return new DesiredResolver(clouds)
                .resolve(
                        Samples.onboarding(Samples.ONBOARDING).getSpec(),
                        "customer-contoso",
                        new Surroundings(ALLOWED, _ -> Optional.of(catalog)),
                        List.of());
    }

    @ParameterizedTest
    @CsvSource({"5m, PT5M", "1h30m, PT1H30M", "90s, PT1M30S", "30m1h, PT1H30M"})
    void intervalsAreReadAsTheSchemaAllowsThem(String text, String expected) {
        assertThat(Intervals.parse(text)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({"soon", "5", "5s", "29s", "25h", "999999h999999h", "5m soon", "''"})
    void anIntervalThatNoSchemaAllowsIsLeftToTheOperator(String text) {
        var spec = new TenantOnboardingSpec(
                Samples.TENANT, List.of(), null, new TenantOnboardingSpec.Verification(text), false);
        assertThat(Intervals.of(spec)).isEmpty();
    }

    private static DesiredOnboarding resolve(String good, String bad) {
        assertThat(Samples.ONBOARDING).contains(good);
        return Samples.resolve(
                Samples.ONBOARDING.replace(good, bad), Map.of("heedify", Samples.catalog(Samples.CATALOG)));
    }
}
