package dev.tenantops.onboarding.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What an editor needs to know of a kind, as JSON Schema, made of its definition: names that do not exist are mistakes, as the
 * API server says with strict validation, and rules that only the API server can evaluate stand in the descriptions.
 */
record EditorSchema(String kind, String text) {

    private static final String DRAFT = "http://json-schema.org/draft-07/schema#";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What JSON Schema has as well, and means the same by. */
    private static final Set<String> ALIKE = Set.of(
            "type",
            "description",
            "enum",
            "pattern",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "maxProperties",
            "minimum",
            "maximum",
            "required",
            "default");

    /** The one kind of rule that JSON Schema can say as well, where it needs no escapes. */
    private static final Pattern MATCHES = Pattern.compile("self\\.matches\\(r?'([^'\\\\]*)'\\)(?= && |$)");

    private static final Set<String> FORMATS = Set.of("date", "date-time");

    static EditorSchema of(CustomResourceDefinition definition) {
        var names = definition.getSpec().getNames();
        var version = definition.getSpec().getVersions().getFirst();
        JsonNode root = JSON.valueToTree(version.getSchema().getOpenAPIV3Schema());
        var schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", DRAFT);
        schema.put("title", names.getKind());
        schema.setAll(translated(root));
        var properties = schema.withObjectProperty("properties");
        properties.remove("status");
        properties.set("apiVersion", constant(definition.getSpec().getGroup() + "/" + version.getName()));
        properties.set("kind", constant(names.getKind()));
        properties.putObject("metadata").put("type", "object");
        properties.putObject("status").put("type", "object").put("description", "Written by the operator only.");
        schema.putArray("required")
                .add("apiVersion")
                .add("kind")
                .add("metadata")
                .add("spec");
        return new EditorSchema(names.getKind(), written(schema));
    }

    String file() {
        return kind.toLowerCase(Locale.ROOT) + "-" + ApiGroup.VERSION + ".json";
    }

    private static String written(ObjectNode schema) {
        return schema.toPrettyString() + "\n";
    }

    private static ObjectNode constant(String value) {
        return JsonNodeFactory.instance.objectNode().put("type", "string").put("const", value);
    }

    private static ObjectNode translated(JsonNode from) {
        var schema = JsonNodeFactory.instance.objectNode();
        from.properties().stream()
                .filter(it -> ALIKE.contains(it.getKey()))
                .forEach(it -> schema.set(it.getKey(), it.getValue()));
        if (FORMATS.contains(from.path("format").asText())) {
            schema.set("format", from.get("format"));
        }
        var rules = from.path("x-kubernetes-validations");
        if (!rules.isEmpty()) {
            var text = new StringBuilder(from.path("description").asText());
            rules.forEach(it -> pattern(it.path("rule").asText()).ifPresent(pattern -> schema.put("pattern", pattern)));
            rules.forEach(it -> text.append(text.isEmpty() ? "" : "\n")
                    .append("Rule: ")
                    .append(it.path("message").asText()));
            schema.put("description", text.toString());
        }
        if (from.path("x-kubernetes-list-type").asText().equals("set")) {
            schema.put("uniqueItems", true);
        }
        if (from.has("items")) {
            schema.set("items", translated(from.get("items")));
        }
        if (from.has("properties")) {
            var properties = schema.putObject("properties");
            from.get("properties").properties().forEach(it -> properties.set(it.getKey(), translated(it.getValue())));
            schema.put("additionalProperties", false);
        } else if (from.has("additionalProperties")) {
            schema.set("additionalProperties", translated(from.get("additionalProperties")));
        }
        return schema;
    }

    private static Optional<String> pattern(String rule) {
        var found = MATCHES.matcher(rule);
        return found.lookingAt() && !rule.contains("||") ? Optional.of(found.group(1)) : Optional.empty();
    }
}
