package dev.tenantops.onboarding.sandbox.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.ApplicationCatalog;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The samples for GitOps, applied to a real API server as their comments say. */
class GitOpsApiServerTest {

    @TempDir
    static Path folder;

    private static ApiServer server;
    private static KubernetesClient client;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.start();
        server.define(Samples.definitions());
        client = server.newClient();
        kubectl = new Kubectl(server.kubectl(), Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig()));
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @Test
    void theBaseBringsAProductAndACustomer() {
        succeeded(apply("kustomize/base"));
        assertThat(client.resources(ApplicationCatalog.class).withName("acme").get())
                .isNotNull();
        assertThat(plans("customer", "customer")).containsExactly("basic");
    }

    @Test
    void eachOverlayBringsACustomerInANamespaceOfItsOwn() {
        succeeded(apply("kustomize/overlays"));
        assertThat(plans("customer-contoso", "contoso")).containsExactly("basic");
        assertThat(plans("customer-fabrikam", "fabrikam")).containsExactly("complete");
        assertThat(onboarding("customer-fabrikam", "fabrikam")
                        .getSpec()
                        .network()
                        .proxy()
                        .url())
                .isEqualTo("http://proxy.fabrikam.example:3128");
        assertThat(List.of("customer-contoso", "customer-fabrikam"))
                .allSatisfy(it -> assertThat(client.namespaces()
                                .withName(it)
                                .get()
                                .getMetadata()
                                .getLabels())
                        .containsEntry("onboarding.tenantops.dev/customer", "true"));
    }

    @Test
    void theCustomersAreInTheLastWave() {
        succeeded(apply("argocd/waves"));
        String wave = "argocd.argoproj.io/sync-wave";
        assertThat(client.resources(ApplicationCatalog.class)
                        .withName("acme")
                        .get()
                        .getMetadata()
                        .getAnnotations())
                .containsEntry(wave, "1");
        assertThat(onboarding("customer-contoso", "contoso").getMetadata().getAnnotations())
                .containsEntry(wave, "2");
    }

    @Test
    void theConfigurationOfArgoCdAddsToWhatIsThere() {
        create("argocd");
        client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("argocd-cm")
                        .withNamespace("argocd")
                        .endMetadata()
                        .addToData("url", "https://argocd.example.com")
                        .build())
                .create();
        succeeded(kubectl.run(
                "patch",
                "configmap",
                "argocd-cm",
                "-n",
                "argocd",
                "--type",
                "merge",
                "--patch-file",
                GitOpsSamples.FOLDER.resolve("argocd/argocd-cm.yaml").toString()));
        ConfigMap patched =
                client.configMaps().inNamespace("argocd").withName("argocd-cm").get();
        assertThat(patched.getData())
                .containsEntry("url", "https://argocd.example.com")
                .containsEntry(
                        "resource.customizations.health.onboarding.tenantops.dev_TenantOnboarding",
                        GitOpsSamples.text(
                                "argocd/resource_customizations/onboarding.tenantops.dev/TenantOnboarding/health.lua"));
    }

    private static List<String> plans(String namespace, String name) {
        return onboarding(namespace, name).getSpec().licenses().getFirst().plans();
    }

    private static TenantOnboarding onboarding(String namespace, String name) {
        return client.resources(TenantOnboarding.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
    }

    private static Kubectl.Result apply(String overlay) {
        return kubectl.run("apply", "-k", GitOpsSamples.FOLDER.resolve(overlay).toString());
    }

    private static void create(String namespace) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace)
                        .endMetadata()
                        .build())
                .create();
    }

    private static void succeeded(Kubectl.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
