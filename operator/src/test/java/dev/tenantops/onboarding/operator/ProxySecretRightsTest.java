package dev.tenantops.onboarding.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.api.LocalSecretReference;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.CaBundleReference;
import dev.tenantops.onboarding.api.TenantOnboardingSpec.Proxy;
import dev.tenantops.onboarding.operator.observe.ForwardProxy;
import dev.tenantops.onboarding.operator.observe.ProxyReferences;
import dev.tenantops.onboarding.operator.observe.ProxyReferences.Resolved;
import dev.tenantops.onboarding.sandbox.kubernetes.Kubectl;
import dev.tenantops.onboarding.sandbox.operator.ChartInstallation;
import dev.tenantops.onboarding.sandbox.operator.Helm;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the operator may read of a proxy's Secrets with the chart's own roles, and what it makes of them. */
class ProxySecretRightsTest {

    private static final String CUSTOMER = "customer-fabrikam";
    private static final String BY_CONVENTION = "customer-contoso";
    private static final String ELSEWHERE = "customer-northwind";
    private static final String URL = "http://proxy.fabrikam.example:3128";
    private static final ForwardProxy.Credentials CREDENTIALS = new ForwardProxy.Credentials("onboarding", "pass-word");

    @RegisterExtension
    private static final TestApiServer CLUSTER = new TestApiServer();

    @TempDir
    private static Path folder;

    private static Path kubeconfig;
    private static KubernetesClient operator;

    @BeforeAll
    static void installRolesOfTheChart() throws IOException {
        for (String name : new String[] {"tenant-onboarding", CUSTOMER, BY_CONVENTION, ELSEWHERE}) {
            CLUSTER.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .endMetadata()
                            .build())
                    .create();
        }
        kubeconfig =
                Files.writeString(folder.resolve("kubeconfig"), CLUSTER.server().kubeconfig());
        var rendered = Helm.provide(Helm.VERSION)
                .run(
                        "template",
                        ChartInstallation.RELEASE,
                        ChartInstallation.CHART.toString(),
                        "--namespace",
                        "tenant-onboarding",
                        "--show-only",
                        "templates/role-onboarding-namespaces.yaml",
                        "--set",
                        "onboardingNamespaces[0].namespace=" + CUSTOMER
                                + ",onboardingNamespaces[0].secrets[0]=own-name,"
                                + "onboardingNamespaces[0].configMaps[0]=authority,onboardingNamespaces[1].namespace="
                                + BY_CONVENTION + ",proxyReferences.secrets[0]=proxy-credentials");
        assertThat(rendered.exitCode()).as(rendered.output()).isZero();
        var roles = Files.writeString(folder.resolve("roles.yaml"), rendered.output());
        var applied = new Kubectl(CLUSTER.server().kubectl(), kubeconfig).run("apply", "-f", roles.toString());
        assertThat(applied.exitCode()).as(applied.output()).isZero();
        operator = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(CLUSTER.client().getConfiguration())
                        .withImpersonateUsername(
                                "system:serviceaccount:tenant-onboarding:" + ChartInstallation.FULL_NAME)
                        .build())
                .build();
    }

    @AfterAll
    static void close() {
        if (operator != null) {
            operator.close();
        }
    }

    /** The Secret is as every Secret of a proxy was before the label was needed. */
    @Test
    void afterAnUpgradeTheMessageHasTheCommandThatMends() throws Exception {
        create(CUSTOMER, "own-name", Map.of("username", "onboarding", "password", "pass-word\n"));
        var proxy = new Proxy(URL, new LocalSecretReference("own-name"), null);

        var before = read(CUSTOMER, proxy);
        assertThat(before)
                .isInstanceOfSatisfying(
                        Resolved.NotReadable.class,
                        it -> assertThat(it.message()).contains("own-name", "proxy.fabrikam.example:3128"));
        var next = ((Resolved.NotReadable) before).next();
        run(next.substring(next.indexOf("kubectl patch ")));

        assertUsable(read(CUSTOMER, proxy));
        assertThat(read(CUSTOMER, new Proxy("http://another.example:3128", proxy.credentialsRef(), null)))
                .as("the Secret is bound to its proxy from then on")
                .isInstanceOf(Resolved.NotReadable.class);
    }

    @Test
    void whatTheChartDoesNotNameIsNotReadWhateverItsLabel() {
        create(CUSTOMER, "database", Map.of("username", "root", "password", "hidden", "host", host()));

        assertThat(read(CUSTOMER, new Proxy(URL, new LocalSecretReference("database"), null)))
                .isInstanceOfSatisfying(Resolved.NotReadable.class, it -> {
                    assertThat(it.message())
                            .isEqualTo("The operator may not read the Secret database in the namespace " + CUSTOMER);
                    assertThat(it.next()).contains("{namespace: " + CUSTOMER + ", secrets: [database]}");
                });
    }

    @Test
    void namesOfAllCustomersAreReadInEachListedNamespaceAndNowhereElse() {
        for (String namespace : new String[] {BY_CONVENTION, ELSEWHERE}) {
            CLUSTER.client()
                    .resource(secret(
                                    namespace,
                                    "proxy-credentials",
                                    Map.of("username", "onboarding", "password", "pass-word", "host", host()))
                            .editMetadata()
                            .addToLabels("onboarding.tenantops.dev/proxy", "true")
                            .endMetadata()
                            .build())
                    .create();
        }
        var proxy = new Proxy(URL, new LocalSecretReference("proxy-credentials"), null);

        assertUsable(read(BY_CONVENTION, proxy));
        assertThat(read(ELSEWHERE, proxy))
                .isInstanceOfSatisfying(
                        Resolved.NotReadable.class,
                        it -> assertThat(it.message()).startsWith("The operator may not read the Secret"));
    }

    @Test
    void aBundleIsReadByItsName() {
        for (String name : new String[] {"authority", "another"}) {
            CLUSTER.client()
                    .resource(new ConfigMapBuilder()
                            .withNewMetadata()
                            .withNamespace(CUSTOMER)
                            .withName(name)
                            .endMetadata()
                            .addToData("ca.crt", "PEM")
                            .build())
                    .create();
        }

        assertThat(read(CUSTOMER, bundle("authority"))).isInstanceOf(Resolved.Usable.class);
        assertThat(read(CUSTOMER, bundle("another")))
                .isInstanceOfSatisfying(
                        Resolved.NotReadable.class, it -> assertThat(it.next()).contains("configMaps: [another]"));
    }

    private static Proxy bundle(String name) {
        return new Proxy(URL, null, new CaBundleReference(CaBundleReference.Kind.ConfigMap, name, null));
    }

    private static Resolved read(String namespace, Proxy proxy) {
        return new ProxyReferences(operator).read(namespace, proxy);
    }

    private static void assertUsable(Resolved resolved) {
        assertThat(resolved)
                .isInstanceOfSatisfying(
                        Resolved.Usable.class,
                        it -> assertThat(it.proxy().credentials()).isEqualTo(Optional.of(CREDENTIALS)));
    }

    private static String host() {
        return "proxy.fabrikam.example:3128";
    }

    private static void create(String namespace, String name, Map<String, String> values) {
        CLUSTER.client().resource(secret(namespace, name, values).build()).create();
    }

    private static SecretBuilder secret(String namespace, String name, Map<String, String> values) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withStringData(values);
    }

    /** As a person does who copies it. */
    private static void run(String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true);
        builder.environment().put("KUBECONFIG", kubeconfig.toString());
        builder.environment()
                .merge("PATH", CLUSTER.server().kubectl().getParent().toString(), (path, own) -> own + ":" + path);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
