package dev.tenantops.onboarding.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tenantops.onboarding.api.TenantOnboarding;
import dev.tenantops.onboarding.operator.TestApiServer;
import dev.tenantops.onboarding.sandbox.Samples;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MetadataClientTest {

    private static final String KIND = "onboarding.tenantops.dev/v1alpha1";

    @RegisterExtension
    private static final TestApiServer SERVER = new TestApiServer(Samples.definitions());

    private static MetadataClient metadata;

    @BeforeAll
    static void start() {
        metadata = new MetadataClient(SERVER.client());
    }

    @AfterAll
    static void stop() {
        metadata.close();
    }

    @Test
    void listsAndWatchesTheMetadataOfOnboardingsAndNothingElse() {
        List<GenericKubernetesResource> seen = new CopyOnWriteArrayList<>();
        create("before");
        try (var _ = metadata.client()
                .genericKubernetesResources(KIND, "TenantOnboarding")
                .inAnyNamespace()
                .withLimit(1L)
                .inform(new ResourceEventHandler<GenericKubernetesResource>() {
                    @Override
                    public void onAdd(GenericKubernetesResource it) {
                        seen.add(it);
                    }

                    @Override
                    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource it) {
                        seen.add(it);
                    }

                    @Override
                    public void onDelete(GenericKubernetesResource it, boolean unknown) {}
                })) {
            create("later");
            await().untilAsserted(() -> assertThat(seen)
                    .extracting(it -> it.getMetadata().getName())
                    .containsExactly("before", "later"));
            assertThat(seen).allSatisfy(it -> {
                assertThat(it.getKind()).isEqualTo("PartialObjectMetadata");
                assertThat(it.getMetadata().getLabels()).isEqualTo(Map.of("shard", "a"));
                assertThat(it.getAdditionalProperties()).isEmpty();
            });
        }
    }

    @Test
    void whereThereIsNoneTheListIsEmpty() {
        assertThat(metadata.client()
                        .genericKubernetesResources(KIND, "TenantOnboarding")
                        .inNamespace("kube-system")
                        .list()
                        .getItems())
                .isEmpty();
    }

    private static void create(String name) {
        SERVER.client()
                .resource(SERVER.client()
                        .getKubernetesSerialization()
                        .unmarshal("""
                        apiVersion: %s
                        kind: TenantOnboarding
                        metadata: {name: %s, namespace: default, labels: {shard: a}}
                        spec:
                          tenantId: c0470500-0000-4000-8000-000000000001
                          licenses:
                          - {catalog: heedify, plans: [common]}
                        """.formatted(KIND, name), TenantOnboarding.class))
                .create();
    }
}
