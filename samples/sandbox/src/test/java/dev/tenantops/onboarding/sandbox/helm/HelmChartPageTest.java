package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the account of the page may do, by the chart's role and its policy, on real API servers. */
@ParameterizedClass
@ValueSource(strings = {ApiServer.DEFAULT_VERSION, "1.34.4"})
class HelmChartPageTest {

    private static final String PAGE = "system:serviceaccount:tenant-onboarding:operator-page";
    private static final Set<String> KINDS = Set.of(
            "ServiceAccount",
            "ClusterRole",
            "ClusterRoleBinding",
            "Role",
            "RoleBinding",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding");

    @TempDir
    static Path folder;

    @Parameter
    String version;

    private static ApiServer server;
    private static Kubectl kubectl;

    @BeforeParameterizedClassInvocation
    static void start(String version) throws Exception {
        var chart = HelmChart.withHelm(HelmChart.VERSION);
        server = ApiServer.start(version);
        server.define(Samples.definitions());
        kubectl = new Kubectl(server.kubectl(), Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig()));
        for (String namespace : List.of("tenant-onboarding", "customer")) {
            succeeded(kubectl.run("create", "namespace", namespace));
        }
        String objects = HelmChart.objects(HelmChart.succeeded(chart.template(
                        "--set",
                        "fullnameOverride=operator,publicUrl=https://onboarding.example.com,page.enabled=true")))
                .stream()
                .filter(it -> KINDS.contains(it.path("kind").asText()))
                .map(HelmChart::asYaml)
                .collect(Collectors.joining("---\n"));
        apply(objects, "--validate=strict");
        // More than the chart gives, so that what is refused is refused by the policy.
        succeeded(kubectl.run(
                "create",
                "clusterrolebinding",
                "too-much",
                "--clusterrole=cluster-admin",
                "--serviceaccount=tenant-onboarding:operator-page"));
        apply("""
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: TenantOnboarding
                metadata:
                  name: contoso
                  namespace: customer
                  labels: {tier: gold}
                  annotations: {example.com/owner: ada}
                  finalizers: [example.com/hold]
                spec:
                  tenantId: 3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10
                  licenses: [{catalog: heedify, plans: [common]}]
                """);
        // The API server takes a policy up after a while.
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> asPage("label", "tob", "contoso", "-n", "customer", "probe=1", "--dry-run=server")
                                .exitCode()
                        != 0);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void itAsksForAVerificationWithItsTwoAnnotations() throws Exception {
        succeeded(patch("""
                {"metadata": {"annotations": {
                  "reconcile.fluxcd.io/requestedAt": "2026-01-01T00:00:00Z",
                  "onboarding.tenantops.dev/consent-returned": "reports/2026-01-01T00:00:00Z"}}}"""));
        succeeded(patch("""
                {"metadata": {"annotations": {"reconcile.fluxcd.io/requestedAt": "2026-01-01T00:01:00Z"}}}"""));
        succeeded(kubectl.run(
                "annotate", "tob", "contoso", "-n", "customer", "onboarding.tenantops.dev/consent-returned-"));
        succeeded(patch("""
                {"metadata": {"annotations": {"onboarding.tenantops.dev/consent-returned": "reports/2026-01-01T00:02:00Z"}}}"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"spec": {"suspend": true}}                                              | what an onboarding asks for
            {"spec": {"licenses": [{"catalog": "another", "plans": ["common"]}]}}    | what an onboarding asks for
            {"metadata": {"labels": {"tier": "silver"}}}                             | labels, finalizers or owners
            {"metadata": {"labels": null}}                                           | labels, finalizers or owners
            {"metadata": {"labels": {"another": "label"}}}                           | labels, finalizers or owners
            {"metadata": {"finalizers": null}}                                       | labels, finalizers or owners
            {"metadata": {"finalizers": ["example.com/hold", "example.com/more"]}}   | labels, finalizers or owners
            {"metadata": {"ownerReferences": [{"apiVersion": "v1", "kind": "ConfigMap", "name": "a", "uid": "b"}]}} | labels, finalizers or owners
            {"metadata": {"annotations": {"example.com/owner": "eve"}}}              | no annotations but
            {"metadata": {"annotations": {"example.com/owner": null}}}               | no annotations but
            {"metadata": {"annotations": {"example.com/new": "eve"}}}                | no annotations but
            {"metadata": {"annotations": null}}                                      | no annotations but
            {"metadata": {"annotations": {"reconcile.fluxcd.io/requestedAt": "2026-01-01T00:00:00Z", "example.com/new": "eve"}}} | no annotations but
            """)
    void itChangesNothingElse(String patch, String message) throws Exception {
        var refused = patch(patch);
        assertThat(refused.exitCode()).as(patch).isNotZero();
        assertThat(refused.output()).contains("the onboarding page may").contains(message);
    }

    @Test
    void itWritesNoLongTextIntoItsAnnotations() throws Exception {
        assertThat(patch("{\"metadata\": {\"annotations\": {\"reconcile.fluxcd.io/requestedAt\": \"%s\"}}}"
                                .formatted("x".repeat(257)))
                        .output())
                .contains("the onboarding page may not write an annotation of more than 256 characters");
    }

    @Test
    void itNeitherCreatesNorDeletesNorWritesAStatusNorACatalogWhateverRolesItHas() throws Exception {
        String forbidden = "may change nothing else";
        assertThat(asPage("delete", "tob", "contoso", "-n", "customer", "--wait=false")
                        .output())
                .contains(forbidden);
        assertThat(asPage("delete", "tob", "--all", "-n", "customer", "--wait=false")
                        .output())
                .contains(forbidden);
        assertThat(asPage(
                                "patch",
                                "tob",
                                "contoso",
                                "-n",
                                "customer",
                                "--subresource=status",
                                "--type=merge",
                                "-p",
                                "{\"status\": {\"granted\": \"5/5\"}}")
                        .output())
                .contains(forbidden);
        var another = Files.writeString(folder.resolve("another.yaml"), """
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: TenantOnboarding
                metadata: {name: another, namespace: customer}
                spec:
                  tenantId: 3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10
                  licenses: [{catalog: heedify, plans: [common]}]
                """);
        assertThat(asPage("create", "-f", another.toString()).output()).contains(forbidden);
        var catalogs = Files.writeString(
                folder.resolve("catalogs.yaml"),
                new KubernetesSerialization().asYaml(Samples.load().catalogs().getFirst()));
        assertThat(asPage("create", "-f", catalogs.toString()).output()).contains(forbidden);
    }

    @Test
    void nobodyElseIsHeldToIt() throws Exception {
        for (String patch : List.of(
                "{\"metadata\": {\"labels\": {\"by\": \"others\"}}}", "{\"metadata\": {\"labels\": {\"by\": null}}}")) {
            succeeded(kubectl.run("patch", "tob", "contoso", "-n", "customer", "--type=merge", "-p", patch));
            succeeded(kubectl.run(
                    "patch",
                    "tob",
                    "contoso",
                    "-n",
                    "customer",
                    "--as=system:serviceaccount:tenant-onboarding:operator",
                    "--as-group=system:masters",
                    "--type=merge",
                    "-p",
                    patch));
        }
    }

    @Test
    void itsRoleReadsWhatItShowsAndPatchesOnboardingsAndNothingElse() {
        var role = HelmChart.yaml(succeeded(kubectl.run("get", "clusterrole", "operator-page", "-o", "yaml")))
                .path("rules");
        assertThat(HelmChartDocuments.elements(role))
                .extracting(
                        it -> it.path("apiGroups").toString(),
                        it -> it.path("resources").toString(),
                        it -> it.path("verbs").toString())
                .containsExactly(
                        tuple(
                                "[\"onboarding.tenantops.dev\"]",
                                "[\"tenantonboardings\"]",
                                "[\"get\",\"list\",\"watch\",\"patch\"]"),
                        tuple(
                                "[\"onboarding.tenantops.dev\"]",
                                "[\"applicationcatalogs\"]",
                                "[\"get\",\"list\",\"watch\"]"));
        var bound = succeeded(kubectl.run(
                "get",
                "clusterrolebindings,rolebindings",
                "-A",
                "-o",
                "custom-columns=ROLE:.roleRef.name,SUBJECT:.subjects[*].name"));
        assertThat(bound.lines()
                        .filter(it -> it.matches(".*\\boperator-page\\s*$"))
                        .map(it -> it.split(" +")[0]))
                .containsExactlyInAnyOrder("operator-page", "cluster-admin");
    }

    private static Kubectl.Result patch(String patch) throws IOException {
        return asPage("patch", "tob", "contoso", "-n", "customer", "--type=merge", "-p", patch);
    }

    private static Kubectl.Result asPage(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--as=" + PAGE);
        return kubectl.run(all.toArray(String[]::new));
    }

    private static void apply(String objects, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("create", "-f"));
        arguments.add(Files.writeString(folder.resolve("objects.yaml"), objects).toString());
        arguments.addAll(List.of(options));
        succeeded(kubectl.run(arguments.toArray(String[]::new)));
    }

    private static String succeeded(Kubectl.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }
}
