package dev.tenantops.onboarding.api;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds what a user could make arbitrarily long. */
final class SchemaLimits {

    private SchemaLimits() {}

    static List<String> unlimited(Path definition) throws IOException {
        try (var in = Files.newInputStream(definition)) {
            var found = new ArrayList<String>();
            new KubernetesSerialization()
                    .unmarshal(in, CustomResourceDefinition.class)
                    .getSpec()
                    .getVersions()
                    .forEach(it -> visit(
                            it.getSchema().getOpenAPIV3Schema().getProperties().get("spec"), "spec", found));
            return List.copyOf(found);
        }
    }

    private static void visit(JSONSchemaProps schema, String path, List<String> found) {
        // A label selector's own strings are limited by Kubernetes' type, not by ours.
        if (path.startsWith("spec.allowedNamespaces.selector.")) {
            return;
        }
        if ("array".equals(schema.getType())) {
            if (schema.getMaxItems() == null) {
                found.add(path + " has no maxItems");
            }
            visit(schema.getItems().getSchema(), path + "[]", found);
        }
        if ("string".equals(schema.getType()) && schema.getMaxLength() == null && schema.getEnum() == null) {
            found.add(path + " has no maxLength");
        }
        if (schema.getProperties() != null) {
            schema.getProperties().forEach((name, property) -> visit(property, path + "." + name, found));
        }
    }
}
