package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may attest, as the chart's policy and roles say it, on a real API server. */
class HelmChartAttestationPolicyTest {

    private static final Set<String> KINDS =
            Set.of("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding", "ClusterRole");
    private static final String FIRST = "prerequisite: ews-allowed, reason: Ada says so";
    private static final String SECOND = "prerequisite: approved, reason: Grace says so";

    @TempDir
    static Path folder;

    private static HelmChart chart;
    private static ApiServer server;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws Exception {
        chart = HelmChart.withHelm(HelmChart.VERSION);
        server = ApiServer.start();
        server.define(Samples.definitions());
        kubectl = new Kubectl(server.kubectl(), Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig()));
        succeeded(kubectl.run("create", "namespace", "customer"));
        var objects =
                HelmChart.objects(HelmChart.succeeded(chart.template("--set", "fullnameOverride=operator"))).stream()
                        .filter(it -> KINDS.contains(it.path("kind").asText()))
                        .map(HelmChart::asYaml)
                        .collect(Collectors.joining("---\n"));
        succeeded(kubectl.run(
                "apply",
                "-f",
                Files.writeString(folder.resolve("chart.yaml"), objects).toString()));
        for (String role : List.of("edit", "admin")) {
            for (String of : role.equals("admin") ? List.of("edit", "admin") : List.of("edit")) {
                succeeded(kubectl.run(
                        "create",
                        "rolebinding",
                        role + "-" + of,
                        "-n",
                        "customer",
                        "--clusterrole=operator-" + of,
                        "--user=" + role));
            }
            succeeded(kubectl.run(
                    "create",
                    "rolebinding",
                    role + "-view",
                    "-n",
                    "customer",
                    "--clusterrole=operator-view",
                    "--user=" + role));
        }
        // The API server takes a new policy up by itself, a little later.
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> onboard("edit", "probe", "--dry-run=server", FIRST).exitCode() != 0);
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void whoMayOnlyEditOnboardsAndDoesNotAttest() throws Exception {
        succeeded(onboard("edit", "edited", "--validate=strict"));
        var refused = onboard("edit", "edited", "--validate=strict", FIRST);
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output())
                .contains("Forbidden")
                .contains("edit may not attest anything in the namespace customer: that takes the verb attest");
        assertThat(onboard("edit", "another", "--validate=strict", FIRST).output())
                .contains("may not attest");
    }

    @Test
    void whoMayAttestDoes() throws Exception {
        succeeded(onboard("admin", "attested", "--validate=strict", FIRST));
        succeeded(onboard("admin", "attested", "--validate=strict", FIRST, SECOND));
    }

    @Test
    void whoMayOnlyEditKeepsAndTakesBackWhatOthersAttested() throws Exception {
        succeeded(onboard("admin", "kept", "--validate=strict", FIRST, SECOND));
        succeeded(kubectl.run("annotate", "tob", "kept", "-n", "customer", "--as=edit", "some=annotation"));
        succeeded(onboard("edit", "kept", "--validate=strict", FIRST));
        succeeded(onboard("edit", "kept", "--validate=strict"));
        assertThat(onboard("edit", "kept", "--validate=strict", FIRST).exitCode())
                .isNotZero();
    }

    @Test
    void whoMayOnlyEditCannotProlongOrRedirectAWord() throws Exception {
        succeeded(onboard("admin", "prolonged", "--validate=strict", FIRST));
        for (String changed : List.of(
                "[{\"op\": \"replace\", \"path\": \"/spec/attestations/0/until\", \"value\": \"2027-09-01T00:00:00Z\"}]",
                "[{\"op\": \"replace\", \"path\": \"/spec/attestations/0/prerequisite\", \"value\": \"another\"}]",
                "[{\"op\": \"replace\", \"path\": \"/spec/attestations/0/reason\", \"value\": \"Nobody says so\"}]")) {
            assertThat(kubectl.run(
                                    "patch",
                                    "tob",
                                    "prolonged",
                                    "-n",
                                    "customer",
                                    "--as=edit",
                                    "--type=json",
                                    "-p",
                                    changed)
                            .output())
                    .contains("edit may not attest anything");
        }
    }

    @Test
    void theRightCanBeGivenForOneOnboarding() throws Exception {
        succeeded(kubectl.run(
                "create",
                "role",
                "attest-one",
                "-n",
                "customer",
                "--verb=attest",
                "--resource=tenantonboardings.onboarding.tenantops.dev",
                "--resource-name=one"));
        succeeded(kubectl.run(
                "create", "rolebinding", "attest-one", "-n", "customer", "--role=attest-one", "--user=auditor"));
        succeeded(kubectl.run(
                "create",
                "rolebinding",
                "auditor-edit",
                "-n",
                "customer",
                "--clusterrole=operator-edit",
                "--user=auditor"));
        succeeded(kubectl.run(
                "create",
                "rolebinding",
                "auditor-view",
                "-n",
                "customer",
                "--clusterrole=operator-view",
                "--user=auditor"));
        succeeded(onboard("auditor", "one", "--validate=strict", FIRST));
        assertThat(onboard("auditor", "two", "--validate=strict", FIRST).output())
                .contains("may not attest");
    }

    @Test
    void oneValueTakesThePolicyAway() {
        assertThat(kinds("--set", "attestationPolicy.enabled=false")).doesNotContain("ValidatingAdmissionPolicy");
        assertThat(kinds()).contains("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
    }

    private static List<String> kinds(String... options) {
        return HelmChart.objects(HelmChart.succeeded(chart.template(options))).stream()
                .map((JsonNode it) -> it.path("kind").asText())
                .toList();
    }

    private static Kubectl.Result onboard(String user, String name, String option, String... attestations)
            throws IOException {
        var file = Files.writeString(folder.resolve("onboarding.yaml"), """
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: TenantOnboarding
                metadata: {name: %s, namespace: customer}
                spec:
                  tenantId: 11111111-0000-4000-8000-00000000000a
                  licenses: [{catalog: outreach, plans: [ews]}]
                  attestations: [%s]
                """.formatted(
                        name,
                        Stream.of(attestations)
                                .map(it -> "{catalog: outreach, application: mail-and-calendar-ews, " + it
                                        + ", until: \"2027-03-01T00:00:00Z\"}")
                                .collect(Collectors.joining(", "))));
        return kubectl.run("apply", "--as=" + user, option, "-f", file.toString());
    }

    private static void succeeded(Kubectl.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
