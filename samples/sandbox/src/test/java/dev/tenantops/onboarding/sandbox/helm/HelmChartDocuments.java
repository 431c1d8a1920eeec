package dev.tenantops.onboarding.sandbox.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantops.onboarding.sandbox.helm.HelmChartValues.Described;
import java.util.List;
import java.util.stream.StreamSupport;

/** What is generated from the comments of values.yaml: the tables of README.md, the descriptions of values.schema.json. */
final class HelmChartDocuments {

    private static final String BEGIN = "<!-- Generated from values.yaml: make chart -->\n";
    private static final String END = "<!-- End of what is generated -->\n";
    private static final int SHOWN_DEFAULT = 48;

    private final HelmChartValues values;
    private final ObjectMapper json = new ObjectMapper();

    HelmChartDocuments(HelmChartValues values) {
        this.values = values;
    }

    /** README.md with the tables between its marks written anew. */
    String readme(String readme) {
        int begin = readme.indexOf(BEGIN);
        int end = readme.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException("README.md has lost the marks around its tables");
        }
        return readme.substring(0, begin + BEGIN.length()) + tables() + readme.substring(end);
    }

    /** The schema with the descriptions written anew. */
    String schema(String schema) {
        try {
            ObjectNode root = (ObjectNode) json.readTree(schema);
            for (Described value : values.described()) {
                if (property(root, value) instanceof ObjectNode property) {
                    ObjectNode rest = property.deepCopy();
                    property.removeAll();
                    property.put("description", value.description());
                    rest.remove("description");
                    property.setAll(rest);
                }
            }
            return json.writer(printer()).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("values.schema.json is no JSON", e);
        }
    }

    static List<JsonNode> elements(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }

    /** Where the schema says what a value may be; missing if it does not. */
    static JsonNode property(JsonNode schema, Described value) {
        JsonNode node = schema;
        for (String name : value.path()) {
            node = node.path("properties").path(name);
        }
        return node;
    }

    private String tables() {
        StringBuilder tables = new StringBuilder();
        String section = null;
        for (Described value : values.described()) {
            if (!value.section().equals(section)) {
                section = value.section();
                tables.append("\n### ").append(section).append("\n\n| Value | Default | Meaning |\n|---|---|---|\n");
            }
            tables.append("| `%s` | %s | %s |\n"
                    .formatted(
                            value.name(),
                            shown(value.value()),
                            value.description().replace("|", "\\|")));
        }
        return tables.append('\n').toString();
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() > SHOWN_DEFAULT && value.isContainerNode() ? "see values.yaml" : "`" + text + "`";
    }

    private static DefaultPrettyPrinter printer() {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        return printer;
    }
}
