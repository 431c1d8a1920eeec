package dev.tenantops.onboarding.sandbox.gitops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The objects of Flux and Argo CD, applied to a real API server with the definitions of their makers. No controller of
 * theirs runs. The definition of a HelmRelease is in no module that can be had; the judge reads it with Flux's type.
 */
class GitOpsUpstreamTest {

    @TempDir
    static Path folder;

    private static ApiServer server;
    private static Kubectl kubectl;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.start();
        kubectl = new Kubectl(server.kubectl(), Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig()));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void fluxAcceptsItsObjects() throws Exception {
        UpstreamDefinitions.define(
                kubectl,
                "github.com/fluxcd/kustomize-controller@v1.9.6",
                "config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml");
        UpstreamDefinitions.define(
                kubectl,
                "github.com/fluxcd/source-controller@v1.9.6",
                "config/crd/bases/source.toolkit.fluxcd.io_gitrepositories.yaml");
        succeeded(kubectl.run("create", "namespace", "flux-system"));
        succeeded(apply("flux"));
        assertThat(kubectl.run("get", "kustomizations,gitrepositories", "-n", "flux-system", "-o", "name")
                        .output()
                        .lines())
                .contains(
                        "kustomization.kustomize.toolkit.fluxcd.io/tenant-onboarding-operator",
                        "kustomization.kustomize.toolkit.fluxcd.io/catalogs",
                        "kustomization.kustomize.toolkit.fluxcd.io/onboardings-consented",
                        "kustomization.kustomize.toolkit.fluxcd.io/onboardings-published",
                        "gitrepository.source.toolkit.fluxcd.io/platform");
    }

    @Test
    void argoCdAcceptsItsApplications() throws Exception {
        UpstreamDefinitions.define(
                kubectl, "github.com/argoproj/argo-cd/v3@v3.5.7", "manifests/crds/application-crd.yaml");
        succeeded(kubectl.run("create", "namespace", "argocd"));
        succeeded(apply("argocd/application-waves.yaml"));
        succeeded(apply("argocd/application-onboardings.yaml"));
        assertThat(kubectl.run("get", "applications", "-n", "argocd", "-o", "name")
                        .output()
                        .lines())
                .contains("application.argoproj.io/tenant-onboarding", "application.argoproj.io/tenant-onboardings");
    }

    /** Fields that the definition does not know are rejected. */
    private static Kubectl.Result apply(String file) {
        return kubectl.run(
                "apply",
                "--validate=strict",
                "-f",
                GitOpsSamples.FOLDER.resolve(file).toString());
    }

    private static void succeeded(Kubectl.Result result) {
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}
