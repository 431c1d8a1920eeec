package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import dev.tenantops.onboarding.sandbox.rights.Right;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the API server lets the operator and people do, once the chart is installed. An empty namespace is the cluster. */
class HelmChartRightsTest {

    private static final String OPERATOR = "system:serviceaccount:tenant-onboarding:operator";

    private static ApiServer server;
    private static KubernetesClient client;

    @TempDir
    static Path folder;

    @BeforeAll
    static void install() throws IOException {
        HelmChart chart = HelmChart.withHelm(HelmChart.VERSION);
        server = ApiServer.start();
        client = server.newClient();
        for (String name : List.of(HelmChart.NAMESPACE, "customer-fabrikam", "customer-contoso")) {
            client.resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), server.kubeconfig());
        HelmChart.succeeded(chart.run(
                "install",
                HelmChart.RELEASE,
                HelmChart.FOLDER.toString(),
                "--kubeconfig",
                kubeconfig.toString(),
                "--namespace",
                HelmChart.NAMESPACE,
                "--set",
                "fullnameOverride=operator,onboardingNamespaces[0].namespace=customer-fabrikam,"
                        + "onboardingNamespaces[0].secrets[0]=proxy-credentials"));
        for (String role : List.of("view", "edit", "admin")) {
            client.resource(new ClusterRoleBindingBuilder()
                            .withNewMetadata()
                            .withName(role)
                            .endMetadata()
                            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "operator-" + role)
                            .addNewSubject("rbac.authorization.k8s.io", "User", role, null)
                            .build())
                    .create();
        }
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (server != null) {
            server.close();
        }
    }

    /** {@code make rbac} shows that each of them is needed. */
    @Test
    void theOperatorMayNothingButThis() {
        assertThat(rights())
                .extracting(Right::toString)
                .containsExactlyInAnyOrder(
                        "list tenantonboardings.onboarding.tenantops.dev",
                        "watch tenantonboardings.onboarding.tenantops.dev",
                        "patch tenantonboardings.onboarding.tenantops.dev",
                        "list applicationcatalogs.onboarding.tenantops.dev",
                        "watch applicationcatalogs.onboarding.tenantops.dev",
                        "update tenantonboardings/status.onboarding.tenantops.dev",
                        "update applicationcatalogs/status.onboarding.tenantops.dev",
                        "list namespaces",
                        "watch namespaces",
                        "create events.events.k8s.io",
                        "list secrets in tenant-onboarding",
                        "watch secrets in tenant-onboarding",
                        "create leases.coordination.k8s.io in tenant-onboarding",
                        "get leases.coordination.k8s.io in tenant-onboarding",
                        "patch leases.coordination.k8s.io in tenant-onboarding",
                        "get secrets in customer-fabrikam");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // Onboardings and catalogs are watched, their status is written, the callback annotates onboardings.
                "list, onboarding.tenantops.dev, tenantonboardings, -, -, -",
                "watch, onboarding.tenantops.dev, tenantonboardings, -, -, -",
                "patch, onboarding.tenantops.dev, tenantonboardings, -, customer-contoso, contoso",
                "update, onboarding.tenantops.dev, tenantonboardings, status, customer-contoso, contoso",
                "list, onboarding.tenantops.dev, applicationcatalogs, -, -, -",
                "watch, onboarding.tenantops.dev, applicationcatalogs, -, -, -",
                "update, onboarding.tenantops.dev, applicationcatalogs, status, -, acme",
                // The labels of namespaces decide about catalogs.
                "watch, '', namespaces, -, -, -",
                // Events stand beside onboardings, those of catalogs in default.
                "create, events.k8s.io, events, -, customer-contoso, -",
                "create, events.k8s.io, events, -, default, -",
                // Verifiers' credentials.
                "list, '', secrets, -, tenant-onboarding, -",
                "watch, '', secrets, -, tenant-onboarding, -",
                // A customer's proxy.
                "get, '', secrets, -, customer-fabrikam, proxy-credentials",
                // Leader election.
                "create, coordination.k8s.io, leases, -, tenant-onboarding, -",
                "get, coordination.k8s.io, leases, -, tenant-onboarding, operator",
                "patch, coordination.k8s.io, leases, -, tenant-onboarding, operator"
            })
    void theOperatorMay(String verb, String group, String resource, String subresource, String namespace, String name) {
        assertThat(allowed(OPERATOR, verb, group, resource, subresource, namespace, name))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "list, '', secrets, -, -, -",
                "get, '', secrets, -, customer-contoso, proxy-credentials",
                "get, '', secrets, -, customer-fabrikam, another",
                "list, '', secrets, -, customer-fabrikam, -",
                "get, '', configmaps, -, customer-fabrikam, proxy-authority",
                "update, '', secrets, -, tenant-onboarding, acme-verifier",
                "get, '', configmaps, -, tenant-onboarding, any",
                "create, onboarding.tenantops.dev, tenantonboardings, -, customer-contoso, -",
                "delete, onboarding.tenantops.dev, tenantonboardings, -, customer-contoso, contoso",
                "patch, onboarding.tenantops.dev, applicationcatalogs, -, -, acme",
                "update, coordination.k8s.io, leases, -, tenant-onboarding, operator",
                "patch, coordination.k8s.io, leases, -, tenant-onboarding, another",
                "create, coordination.k8s.io, leases, -, kube-system, -",
                "patch, '', namespaces, -, -, customer-contoso",
                "list, '', pods, -, tenant-onboarding, -"
            })
    void theOperatorMayNot(
            String verb, String group, String resource, String subresource, String namespace, String name) {
        assertThat(allowed(OPERATOR, verb, group, resource, subresource, namespace, name))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "view, get, tenantonboardings, -, true",
                "view, get, applicationcatalogs, -, true",
                "view, patch, tenantonboardings, -, false",
                "edit, create, tenantonboardings, -, true",
                "edit, patch, tenantonboardings, -, true",
                "edit, patch, tenantonboardings, status, false",
                "edit, create, applicationcatalogs, -, false",
                "admin, create, applicationcatalogs, -, true",
                "admin, patch, applicationcatalogs, status, false"
            })
    void peopleMayAsTheirRoleSays(String user, String verb, String resource, String subresource, boolean expected) {
        assertThat(allowed(user, verb, "onboarding.tenantops.dev", resource, subresource, null, null))
                .isEqualTo(expected);
    }

    private static Stream<Right> rights() {
        return Stream.concat(
                Right.of(
                        Optional.empty(),
                        "operator",
                        client.rbac()
                                .clusterRoles()
                                .withName("operator")
                                .require()
                                .getRules()),
                client
                        .rbac()
                        .roles()
                        .inAnyNamespace()
                        .withLabel("app.kubernetes.io/instance")
                        .list()
                        .getItems()
                        .stream()
                        .flatMap(it -> Right.of(
                                Optional.of(it.getMetadata().getNamespace()),
                                it.getMetadata().getName(),
                                it.getRules())));
    }

    private static boolean allowed(
            String user,
            String verb,
            String group,
            String resource,
            String subresource,
            String namespace,
            String name) {
        return client.resource(new SubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withUser(user)
                        .withNewResourceAttributes()
                        .withVerb(verb)
                        .withGroup(group)
                        .withResource(resource)
                        .withSubresource(subresource)
                        .withNamespace(namespace)
                        .withName(name)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .create()
                .getStatus()
                .getAllowed();
    }
}
