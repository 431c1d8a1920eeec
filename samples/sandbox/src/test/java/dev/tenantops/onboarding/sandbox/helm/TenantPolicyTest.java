package dev.tenantops.onboarding.sandbox.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.sandbox.Samples;
import dev.tenantops.onboarding.sandbox.kubernetes.ApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which namespace may onboard which tenants, as API servers decide it by the chart's policy. */
@ParameterizedClass
@ValueSource(strings = {ApiServer.DEFAULT_VERSION, "1.34.4"})
class TenantPolicyTest {

    private static final String TENANT = "3c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10";
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** All annotations of a Namespace have 256 KiB together. */
    private static final int MANY = 6900;

    @Parameter
    String version;

    private static ApiServer server;
    private static KubernetesClient client;

    @BeforeParameterizedClassInvocation
    static void start(String version) {
        HelmChart chart = HelmChart.withHelm(HelmChart.VERSION);
        server = ApiServer.start(version);
        client = server.newClient();
        server.define(Samples.definitions());
        String policy = HelmChart.succeeded(
                chart.template("--set", "tenantPolicy.enabled=true", "--show-only", "templates/tenant-policy.yaml"));
        HelmChart.objects(policy).stream()
                .map(HelmChart::asYaml)
                .forEach(it -> client.resource(it).create());
        String namespace = namespace(null);
        // The API server takes a policy up after a while.
        await().atMost(PATIENCE).until(() -> {
            try {
                client.resource(onboarding(namespace, TENANT)).dryRun().create();
                return false;
            } catch (KubernetesClientException e) {
                return true;
            }
        });
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (client != null) {
            client.close();
            server.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                TENANT,
                "0c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10," + TENANT,
                "  0c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10,\n\t" + TENANT + "\r\n",
                "0c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10 " + TENANT + ", 1c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10",
                "*",
                "0c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10, *"
            })
    void aNamespaceOnboardsTheTenantsThatItsAnnotationNames(String tenants) {
        String namespace = namespace(tenants);
        assertThatCode(() -> onboard(namespace, TENANT)).doesNotThrowAnyException();
    }

    @Test
    void capitalsAreNoOtherTenant() {
        assertThatCode(() -> onboard(namespace(TENANT.toUpperCase(Locale.ROOT)), TENANT))
                .doesNotThrowAnyException();
        assertThatCode(() -> onboard(namespace(TENANT), TENANT.toUpperCase(Locale.ROOT)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0c1f0d5e-8a52-4b7e-9f3e-2f6f6f1d9a10",
                "a" + TENANT,
                TENANT + "0",
                "3c1f0d5e-*",
                "**",
                "true"
            })
    void aNamespaceOnboardsNoOtherTenant(String tenants) {
        String namespace = namespace(tenants);
        assertThatThrownBy(() -> onboard(namespace, TENANT))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        it -> assertThat(it.getCode()).isEqualTo(403))
                .hasMessageContaining("the namespace " + namespace + " may not onboard the tenant " + TENANT)
                .hasMessageContaining("annotation onboarding.tenantops.dev/tenants of the namespace");
    }

    @Test
    void aNamespaceWithoutTheAnnotationOnboardsNothing() {
        assertThatThrownBy(() -> onboard(namespace(null), TENANT)).hasMessageContaining("may not onboard the tenant");
    }

    @Test
    void anAnnotationMayBeAsLongAsThereIsRoomFor() {
        String many =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(MANY).collect(Collectors.joining(","));
        String namespace = namespace(many + "," + TENANT);
        assertThatCode(() -> onboard(namespace, TENANT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> onboard(namespace, UUID.randomUUID().toString()))
                .hasMessageContaining("may not onboard the tenant");
    }

    @Test
    void whatIsThereCanBeChangedAndDeletedWhateverTheAnnotationSays() {
        String namespace = namespace(TENANT);
        onboard(namespace, TENANT);
        client.namespaces().withName(namespace).edit(it -> {
            it.getMetadata().getAnnotations().clear();
            return it;
        });
        var onboarding =
                client.resources(TenantOnboarding.class).inNamespace(namespace).withName("contoso");
        assertThatCode(() -> {
                    onboarding.patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\":{\"suspend\":true},\"metadata\":{\"annotations\":{\"a\":\"b\"}}}");
                    onboarding
                            .subresource("status")
                            .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\":{\"observedGeneration\":2}}");
                    onboarding.delete();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void itCanWarnBeforeItDenies() {
        HelmChart chart = HelmChart.withHelm(HelmChart.VERSION);
        JsonNode binding = HelmChart.objects(HelmChart.succeeded(chart.template(
                        "--set", "tenantPolicy.enabled=true,tenantPolicy.actions={Warn,Audit}",
                        "--show-only", "templates/tenant-policy.yaml")))
                .get(1);
        String another = HelmChart.asYaml(binding).replace("-tenants", "-tenants-at-first");
        assertThatCode(() -> client.resource(another).dryRun().create()).doesNotThrowAnyException();
        assertThat(binding.at("/spec/validationActions")).hasSize(2);
        assertThat(chart.template("--set", "tenantPolicy.enabled=true,tenantPolicy.actions={Refuse}")
                        .exitCode())
                .isNotZero();
    }

    private static String namespace(String tenants) {
        String name = "customer-" + UUID.randomUUID();
        var namespace = new NamespaceBuilder().withNewMetadata().withName(name);
        if (tenants != null) {
            namespace.addToAnnotations("onboarding.tenantops.dev/tenants", tenants);
        }
        client.resource(namespace.endMetadata().build()).create();
        return name;
    }

    private static void onboard(String namespace, String tenant) {
        client.resource(onboarding(namespace, tenant)).create();
    }

    private static TenantOnboarding onboarding(String namespace, String tenant) {
        return client.getKubernetesSerialization().unmarshal("""
                        apiVersion: onboarding.tenantops.dev/v1alpha1
                        kind: TenantOnboarding
                        metadata: {name: contoso, namespace: %s}
                        spec:
                          tenantId: %s
                          licenses: [{catalog: heedify, plans: [common]}]
                        """.formatted(namespace, tenant), TenantOnboarding.class);
    }
}
