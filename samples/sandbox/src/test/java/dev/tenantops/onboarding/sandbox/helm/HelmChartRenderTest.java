package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.helm.HelmChart.Combination;
import dev.tenantops.onboarding.sandbox.operator.Helm;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart renders. {@code make chart} writes the golden files anew. */
class HelmChartRenderTest {

    private static HelmChart chart;

    @BeforeAll
    static void provideHelm() {
        chart = HelmChart.withHelm(HelmChart.VERSION);
    }

    static Stream<Combination> combinations() {
        return HelmChart.combinations();
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void lintFindsNothing(Combination combination) {
        assertThat(chart.run(
                                "lint",
                                "--strict",
                                HelmChart.FOLDER.toString(),
                                "--values",
                                combination.values().toString())
                        .output())
                .contains("0 chart(s) failed")
                .doesNotContain("[WARNING]", "[ERROR]");
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void rendersTheGoldenFile(Combination combination) throws IOException {
        String rendered = chart.render(combination);
        if (Boolean.getBoolean("helm.write")) {
            Files.writeString(combination.golden(), rendered);
        }
        assertThat(rendered)
                .as("run make chart, look at the difference, and commit it")
                .isEqualTo(LocalFiles.read(combination.golden()));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void helm3RendersTheSame(Combination combination) {
        HelmChart older = HelmChart.withHelm(HelmChart.OLDER_VERSION);
        assertThat(HelmChart.objects(older.render(combination)))
                .containsExactlyInAnyOrderElementsOf(HelmChart.objects(chart.render(combination)));
    }

    @Test
    void theDefinitionsAreTheCommittedOnesAndStayOnUninstall() {
        List<JsonNode> rendered =
                objects(HelmChart.succeeded(chart.template()), it -> kind(it).equals("CustomResourceDefinition"));
        assertThat(rendered)
                .extracting(it -> specification(HelmChart.asYaml(it)))
                .containsExactlyInAnyOrderElementsOf(Stream.of("applicationcatalogs", "tenantonboardings")
                        .map(it -> "crds/src/main/resources/crds/" + it + ".onboarding.tenantops.dev-v1.yml")
                        .map(it -> LocalFiles.read(Samples.repository().resolve(it)))
                        .map(HelmChartRenderTest::specification)
                        .toList());
        assertThat(rendered)
                .allSatisfy(it -> assertThat(it.at("/metadata/annotations/helm.sh~1resource-policy")
                                .asText())
                        .isEqualTo("keep"));
    }

    @Test
    void theDefinitionsCanBeLeftOutAndCanGoWithTheRelease() {
        assertThat(objects(
                        HelmChart.succeeded(chart.template("--set", "crds.install=false")),
                        it -> kind(it).equals("CustomResourceDefinition")))
                .isEmpty();
        assertThat(HelmChart.succeeded(chart.template("--set", "crds.keep=false")))
                .doesNotContain("helm.sh/resource-policy");
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void noClusterRoleReachesSecretsOrConfigMapsOrUsesAWildcard(Combination combination) {
        assertThat(objects(chart.render(combination), it -> kind(it).equals("ClusterRole")))
                .flatExtracting(HelmChartRenderTest::rules)
                .allSatisfy(rule -> assertThat(texts(rule, "resources")).doesNotContain("secrets", "configmaps"));
        assertThat(objects(chart.render(combination), it -> kind(it).endsWith("Role")))
                .flatExtracting(HelmChartRenderTest::rules)
                .allSatisfy(rule -> assertThat(rule.toString()).doesNotContain("*"));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void whatIsReadInACustomersNamespaceIsNamed(Combination combination) {
        assertThat(objects(
                        chart.render(combination),
                        it -> kind(it).equals("Role")
                                && !it.at("/metadata/namespace").asText().equals(HelmChart.NAMESPACE)))
                .flatExtracting(HelmChartRenderTest::rules)
                .allSatisfy(rule -> {
                    assertThat(texts(rule, "resourceNames")).isNotEmpty();
                    assertThat(texts(rule, "verbs")).containsExactly("get");
                });
    }

    @Test
    void namesOfAllHoldWhereANamespaceListsNone() {
        List<JsonNode> roles = objects(
                HelmChart.succeeded(chart.template(
                        "--set",
                        "proxyReferences.secrets[0]=proxy-credentials,proxyReferences.configMaps[0]=authority,"
                                + "onboardingNamespaces[0].namespace=a,onboardingNamespaces[1].namespace=b,"
                                + "onboardingNamespaces[1].configMaps[0]=own")),
                it -> kind(it).equals("Role")
                        && !it.at("/metadata/namespace").asText().equals(HelmChart.NAMESPACE));
        assertThat(roles)
                .extracting(
                        it -> it.at("/metadata/namespace").asText(),
                        it -> rules(it).stream()
                                .flatMap(rule -> texts(rule, "resourceNames").stream())
                                .toList())
                .containsExactly(tuple("a", List.of("proxy-credentials", "authority")), tuple("b", List.of("own")));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void nobodyButTheOperatorMayWriteAStatus(Combination combination) {
        assertThat(objects(
                        chart.render(combination),
                        it -> it.at("/metadata/labels").toString().contains("aggregate-to-")))
                .flatExtracting(HelmChartRenderTest::rules)
                .filteredOn(rule -> rule.path("resources").toString().contains("/status"))
                .allSatisfy(rule -> assertThat(texts(rule, "verbs")).containsExactly("get", "list", "watch"));
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void everyServiceLeadsToThePodsOfOneDeploymentAndNotToTheTest(Combination combination) {
        List<JsonNode> objects = HelmChart.objects(chart.render(combination));
        assertThat(objects).filteredOn(it -> kind(it).equals("Service")).allSatisfy(service -> {
            var selector = service.at("/spec/selector").properties();
            assertThat(objects)
                    .filteredOn(it -> kind(it).equals("Deployment"))
                    .filteredOn(it ->
                            it.at("/spec/template/metadata/labels").properties().containsAll(selector))
                    .hasSize(1);
            assertThat(find(objects, "Pod").at("/metadata/labels").properties())
                    .doesNotContainAnyElementsOf(selector.stream()
                            .filter(it -> it.getKey().equals("app.kubernetes.io/name"))
                            .toList());
        });
    }

    @ParameterizedTest
    @MethodSource("combinations")
    void noSecretIsMadeUpAndNoProxyIsSetForTheApiServer(Combination combination) {
        String rendered = chart.render(combination);
        assertThat(objects(rendered, it -> kind(it).equals("Secret"))).isEmpty();
        assertThat(rendered).doesNotContain("name: HTTPS_PROXY", "name: HTTP_PROXY", "name: NO_PROXY");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            leaderElection.enabled=false                                         | every pod would verify every tenant
            ingress.enabled=true                                                 | Set publicUrl
            httpRoute.enabled=true,publicUrl=https://a.example.com               | httpRoute.parentRefs is empty
            ingress.enabled=true,publicUrl=https://a.example.com/onboarding      | publicUrl has a path
            proxy.credentialsSecret.name=proxy                                   | Set proxy.url
            onboardingNamespaces[0].namespace=customer-contoso                   | kubectl get tob -n customer-contoso -o jsonpath=
            clouds.custom.loginUrl=https://login.example.com                     | clouds.custom needs both loginUrl and graphUrl
            clouds.delos.graphUrl=https://graph.example.com                      | clouds.delos needs both loginUrl and graphUrl
            metrics.serviceMonitor.enabled=true,metrics.podMonitor.enabled=true  | Disable one of them
            networkPolicy.enabled=true                                           | kubectl get endpointslices
            sharding.selector=shard=a,leaderElection.enabled=false,replicaCount=1| Set leaderElection.enabled to true
            sharding.catalogs=false                                              | Set sharding.selector
            ingress.enabled=true,publicUrl=https://a.example.com,sharding.selector=shard=a | a browser may return for any
            page.enabled=true                                                    | publicUrl is empty: links to the page need its address
            page.enabled=true,publicUrl=https://a.example.com,page.serviceAccount.create=false | the page needs an account of its own
            page.enabled=true,publicUrl=https://a.example.com,serviceAccount.name=a,page.serviceAccount.name=a | which may read Secrets
            page.vendor.enabled=true,page.vendor.issuer=https://a.example.com,page.vendor.clientId=a,page.vendor.clientSecret.name=a | Set page.enabled to true
            page.enabled=true,publicUrl=https://a.example.com,page.vendor.enabled=true | sign-in needs page.vendor.issuer
            page.enabled=true,publicUrl=https://a.example.com,page.vendor.enabled=true,page.vendor.issuer=https://a.example.com,page.vendor.clientId=a,page.vendor.clientSecret.name=a | nobody would see anything
            extraEnv[0].name=HTTPS_PROXY,extraEnv[0].value=http://p:1            | Set proxy.url
            """)
    void valuesThatContradictEachOtherAreRefusedWithWhatToDo(String values, String message) {
        Helm.Result result = chart.template("--set", values);
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output()).contains(message);
    }

    @Test
    void onlyTheShardThatHasTheCatalogsWatchesTheLeasesOfTheOthers() {
        assertThat(watchesLeases()).isFalse();
        assertThat(watchesLeases("--set", "sharding.selector=shard=a")).isFalse();
        assertThat(watchesLeases("--set", "sharding.selector=shard=a,sharding.catalogs=true"))
                .isTrue();
    }

    @Test
    void severalReleasesShareNoNameOfTheCluster() {
        String values =
                ",crds.install=false,tenantPolicy.enabled=true,page.enabled=true,publicUrl=https://onboarding.example.com";
        assertThat(clusterScoped("fullnameOverride=onboarding-a" + values))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(clusterScoped("fullnameOverride=onboarding-b" + values));
    }

    @Test
    void whateverLeadsToThePageLeadsToNeitherHealthNorMetrics() {
        String rendered = HelmChart.succeeded(chart.template("--set", "service.type=LoadBalancer"));
        List<JsonNode> services = objects(rendered, it -> kind(it).equals("Service"));
        assertThat(services)
                .extracting(
                        it -> it.at("/spec/type").asText(),
                        it -> it.at("/spec/ports/0/targetPort").asText())
                .containsExactlyInAnyOrder(tuple("LoadBalancer", "http"), tuple("ClusterIP", "management"));
        assertThat(services).allSatisfy(it -> assertThat(it.at("/spec/ports")).hasSize(1));
        assertThat(find(HelmChart.objects(rendered), "Deployment").findValues("httpGet"))
                .hasSize(3)
                .allSatisfy(it -> assertThat(it.path("port").asText()).isEqualTo("management"));
    }

    @Test
    void theNamesOfServicesAreShortEnoughForALongRelease() {
        String name = "a".repeat(63);
        assertThat(objects(
                        HelmChart.succeeded(chart.template(
                                "--set",
                                "fullnameOverride=" + name
                                        + ",page.enabled=true,publicUrl=https://onboarding.example.com")),
                        it -> kind(it).equals("Service")))
                .hasSize(4)
                .extracting(it -> it.at("/metadata/name").asText())
                .doesNotHaveDuplicates()
                .allSatisfy(it -> assertThat(it).hasSizeLessThanOrEqualTo(63));
    }

    @ParameterizedTest
    @CsvSource({"ingress.enabled=true", "'httpRoute.enabled=true,httpRoute.parentRefs[0].name=public'"})
    void whatLeadsBrowsersLeadsToThePageWhereItIsOnAndElseToTheOperator(String route) {
        String operator = "onboarding-tenant-onboarding-operator";
        String page = operator + "-page";
        assertThat(browsers(route)).isEqualTo(Map.of("/consent", operator));
        assertThat(browsers(route + ",page.enabled=true"))
                .isEqualTo(Map.of("/consent", page, "/onboarding", page, "/assets", page));
    }

    @Test
    void theOverviewIsLedToWhereItIsOn() {
        assertThat(browsers("ingress.enabled=true,page.enabled=true,page.vendor.enabled=true,page.vendor.clientId=a,"
                        + "page.vendor.issuer=https://a.example.com,page.vendor.clientSecret.name=a,"
                        + "page.vendor.groups.admins[0]=*"))
                .containsEntry("/onboardings", "onboarding-tenant-onboarding-operator-page");
    }

    /** The Service behind each path. */
    private static Map<String, String> browsers(String values) {
        String rendered =
                HelmChart.succeeded(chart.template("--set", "publicUrl=https://onboarding.example.com," + values));
        Map<String, String> services = new TreeMap<>();
        objects(rendered, it -> kind(it).equals("Ingress"))
                .forEach(it -> it.at("/spec/rules/0/http/paths")
                        .forEach(path -> services.put(
                                path.path("path").asText(),
                                path.at("/backend/service/name").asText())));
        objects(rendered, it -> kind(it).equals("HTTPRoute"))
                .forEach(it -> it.at("/spec/rules/0/matches")
                        .forEach(match -> services.put(
                                match.at("/path/value").asText(),
                                it.at("/spec/rules/0/backendRefs/0/name").asText())));
        return services;
    }

    @Test
    void onlyTheReleaseWithTheCatalogsRunsThePage() {
        String values = "publicUrl=https://onboarding.example.com,page.enabled=true,"
                + "sharding.selector=shard=a,sharding.catalogs=";
        assertThat(deployments(values + "true")).hasSize(2);
        assertThat(deployments(values + "false")).hasSize(1);
    }

    private static List<JsonNode> deployments(String values) {
        return objects(HelmChart.succeeded(chart.template("--set", values)), it -> kind(it).equals("Deployment"));
    }

    @Test
    void thePageIsToldNothingOfTheOperatorsWaysAndMountsNoSecretButItsKeys() {
        String page = HelmChart.asYaml(deployments("publicUrl=https://onboarding.example.com,page.enabled=true,"
                        + "proxy.url=http://proxy.example.com:3128,proxy.credentialsSecret.name=outgoing,"
                        + "caBundle.kind=Secret,caBundle.name=authority,federatedToken.enabled=true,"
                        + "extraEnv[0].name=TOKEN,extraEnv[0].value=of-the-operator")
                .stream()
                .filter(it -> it.at("/metadata/name").asText().endsWith("-page"))
                .findFirst()
                .orElseThrow());
        assertThat(page)
                .doesNotContain("proxy", "outgoing", "authority", "AZURE", "TOKEN")
                .containsOnlyOnce("secretName: \"tenant-onboarding-page-keys\"")
                .containsOnlyOnce("secretName");
    }

    private static boolean watchesLeases(String... options) {
        return objects(HelmChart.succeeded(chart.template(options)), it -> kind(it).equals("ClusterRole")).stream()
                .flatMap(it -> rules(it).stream())
                .anyMatch(it -> texts(it, "resources").contains("leases"));
    }

    private static List<String> clusterScoped(String values) {
        return objects(
                        HelmChart.succeeded(chart.template("--set", values)),
                        it -> it.at("/metadata/namespace").isMissingNode())
                .stream()
                .map(it -> kind(it) + "/" + it.at("/metadata/name").asText())
                .toList();
    }

    @Test
    void theNotesNameTheNextStepAndWhereConsentReturnsTo() {
        String notes = HelmChart.succeeded(chart.run(
                "install",
                HelmChart.RELEASE,
                HelmChart.FOLDER.toString(),
                "--dry-run=client",
                "--namespace",
                HelmChart.NAMESPACE,
                "--set",
                "publicUrl=https://onboarding.example.com"));
        assertThat(notes)
                .contains(
                        "kubectl -n tenant-onboarding label secret acme-verifier onboarding.tenantops.dev/verifier=true")
                .contains("https://onboarding.example.com/consent/callback")
                .contains("no image is published yet");
    }

    @Test
    void theNotesSayWhereTheLinkOfAPageIs() {
        assertThat(HelmChart.succeeded(chart.run(
                        "install",
                        HelmChart.RELEASE,
                        HelmChart.FOLDER.toString(),
                        "--dry-run=client",
                        "--set",
                        "publicUrl=https://onboarding.example.com,page.enabled=true")))
                .contains("-o jsonpath='{.status.pageUrl}")
                .contains("reach the Service onboarding-tenant-onboarding-operator-page there, with /consent,")
                .doesNotContain("{{");
    }

    private static CustomResourceDefinitionSpec specification(String definition) {
        return new KubernetesSerialization()
                .unmarshal(definition, CustomResourceDefinition.class)
                .getSpec();
    }

    private static List<JsonNode> objects(String rendered, Predicate<JsonNode> filter) {
        return HelmChart.objects(rendered).stream().filter(filter).toList();
    }

    private static JsonNode find(List<JsonNode> objects, String kind) {
        return objects.stream().filter(it -> kind(it).equals(kind)).findFirst().orElseThrow();
    }

    private static String kind(JsonNode object) {
        return object.path("kind").asText();
    }

    private static List<JsonNode> rules(JsonNode role) {
        return HelmChartDocuments.elements(role.path("rules"));
    }

    private static List<String> texts(JsonNode rule, String field) {
        return HelmChartDocuments.elements(rule.path(field)).stream()
                .map(JsonNode::asText)
                .toList();
    }
}
