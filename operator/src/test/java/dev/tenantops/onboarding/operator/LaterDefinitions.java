package dev.tenantops.onboarding.operator;

import dev.tenantops.onboarding.sandbox.Samples;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;

/** Definitions of another version, which let everything through that has the right shape, for as long as this is open. */
final class LaterDefinitions implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final KubernetesClient client;

    LaterDefinitions(KubernetesClient client) {
        this.client = client;
        var later = Samples.definitions();
        later.forEach(it -> it.getSpec()
                .getVersions()
                .forEach(version -> widen(version.getSchema().getOpenAPIV3Schema())));
        apply(later);
    }

    /** Does something as soon as the API server goes by the definitions, which takes it a moment. */
    void accepting(Runnable action) {
        Awaitility.await().atMost(PATIENCE).ignoreExceptions().untilAsserted(action::run);
    }

    @Override
    public void close() {
        apply(Samples.definitions());
    }

    private void apply(List<CustomResourceDefinition> definitions) {
        for (CustomResourceDefinition definition : definitions) {
            client.apiextensions()
                    .v1()
                    .customResourceDefinitions()
                    .withName(definition.getMetadata().getName())
                    .edit(it -> {
                        it.setSpec(definition.getSpec());
                        return it;
                    });
        }
    }

    private static void widen(JSONSchemaProps schema) {
        schema.setXKubernetesValidations(List.of());
        schema.setEnum(List.of());
        schema.setPattern(null);
        if (schema.getItems() != null) {
            var entry = schema.getItems().getSchema();
            widen(entry);
            // The keys of a list have to stay.
            entry.setRequired(Objects.requireNonNullElse(schema.getXKubernetesListMapKeys(), List.of()));
        }
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(LaterDefinitions::widen);
        }
    }
}
