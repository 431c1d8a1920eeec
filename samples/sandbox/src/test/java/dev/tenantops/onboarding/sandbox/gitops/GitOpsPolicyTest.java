package dev.tenantops.onboarding.sandbox.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.helm.HelmChart;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the chart's policy that says which namespace may onboard which tenants, the samples can be applied. */
class GitOpsPolicyTest {

    private static final String FIRST = "11111111-0000-4000-8000-00000000000a";
    private static final String SECOND = "22222222-0000-4000-8000-00000000000b";
    private static final String FOREIGN = "33333333-0000-4000-8000-00000000000c";

    @TempDir
    static Path folder;

    private static ApiServer server;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.start();
        server.define(Samples.definitions());
        kubectl = new Kubectl(server.kubectl(), Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig()));
        succeeded(kubectl.run("create", "namespace", "unnamed"));
        succeeded(kubectl.run("create", "namespace", "named"));
        succeeded(kubectl.run(
                "annotate",
                "namespace",
                "named",
                "onboarding.tenantops.dev/tenants=" + FIRST + ", " + SECOND.toUpperCase(Locale.ROOT)));
        String policy = HelmChart.succeeded(HelmChart.withHelm(HelmChart.VERSION)
                .template("--set", "tenantPolicy.enabled=true", "--show-only", "templates/tenant-policy.yaml"));
        succeeded(kubectl.run(
                "apply",
                "-f",
                Files.writeString(folder.resolve("policy.yaml"), policy).toString()));
        // The API server takes a new policy up by itself, a little later.
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> onboard("unnamed", FOREIGN, "--dry-run=server").exitCode() != 0);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aTenantThatTheNamespaceNamesIsOnboarded() throws Exception {
        succeeded(onboard("named", FIRST.toUpperCase(Locale.ROOT), "--dry-run=server"));
        succeeded(onboard("named", FIRST));
        succeeded(onboard("named", SECOND));
    }

    @Test
    void anotherTenantIsRejectedAndTheMessageSaysWhatToDo() throws Exception {
        Kubectl.Result result = onboard("named", FOREIGN);
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.output())
                .contains("Forbidden")
                .contains("the namespace named may not onboard the tenant " + FOREIGN)
                .contains("annotation onboarding.tenantops.dev/tenants");
    }

    @Test
    void aNamespaceWithoutTheAnnotationOnboardsNobody() throws Exception {
        assertThat(onboard("unnamed", FIRST).output())
                .contains("the namespace unnamed may not onboard the tenant " + FIRST);
    }

    @Test
    void aPartOfATenantIdIsNotATenant() throws Exception {
        succeeded(kubectl.run("create", "namespace", "partly"));
        succeeded(kubectl.run("annotate", "namespace", "partly", "onboarding.tenantops.dev/tenants=x" + FOREIGN + "x"));
        assertThat(onboard("partly", FOREIGN).exitCode()).isNotZero();
    }

    @Test
    void whatIsThereCanStillBeChanged() throws Exception {
        succeeded(kubectl.run("create", "namespace", "former"));
        succeeded(kubectl.run("annotate", "namespace", "former", "onboarding.tenantops.dev/tenants=" + FOREIGN));
        succeeded(onboard("former", FOREIGN));
        succeeded(kubectl.run("annotate", "namespace", "former", "onboarding.tenantops.dev/tenants-"));
        succeeded(kubectl.run("annotate", "tob", "tenant-" + FOREIGN, "-n", "former", "some=annotation"));
    }

    @Test
    void theSamplesPass() {
        for (String sample : new String[] {"kustomize/base", "kustomize/overlays"}) {
            succeeded(kubectl.run(
                    "apply", "-k", GitOpsSamples.FOLDER.resolve(sample).toString()));
        }
    }

    private static Kubectl.Result onboard(String namespace, String tenant, String... options) throws Exception {
        Path file = Files.writeString(
                folder.resolve("onboarding.yaml"), """
                apiVersion: onboarding.tenantops.dev/v1alpha1
                kind: TenantOnboarding
                metadata:
                  name: tenant-%s
                  namespace: %s
                spec:
                  tenantId: %s
                  licenses:
                    - catalog: acme
                      plans: [basic]
                """.formatted(tenant.toLowerCase(Locale.ROOT), namespace, tenant));
        String[] arguments = new String[options.length + 3];
        arguments[0] = "create";
        arguments[1] = "-f";
        arguments[2] = file.toString();
        System.arraycopy(options, 0, arguments, 3, options.length);
        return kubectl.run(arguments);
    }

    private static void succeeded(Kubectl.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
