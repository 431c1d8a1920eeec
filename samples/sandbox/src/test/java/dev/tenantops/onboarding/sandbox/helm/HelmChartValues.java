package dev.tenantops.onboarding.sandbox.helm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tenantops.onboarding.sandbox.process.LocalFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of the chart with the comments that describe them: {@code ##} starts a section, {@code # --} a description. */
final class HelmChartValues {

    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]+):.*");
    private static final Pattern DESCRIPTION = Pattern.compile(" *# -- (.*)");
    private static final Pattern CONTINUATION = Pattern.compile(" *# (.*)");
    private static final Pattern SECTION = Pattern.compile("## (.*)");
    private static final int INDENT = 2;

    private final List<Described> described = new ArrayList<>();
    private final JsonNode defaults;

    /** One value, or an object of values that is described as a whole. */
    record Described(String section, List<String> path, String description, JsonNode value) {
        String name() {
            return String.join(".", path);
        }
    }

    private HelmChartValues(String text) {
        this.defaults = HelmChart.yaml(text);
        String section = "";
        StringBuilder comment = new StringBuilder();
        List<String> path = new ArrayList<>();
        for (String line : text.lines().toList()) {
            Matcher heading = SECTION.matcher(line);
            Matcher description = DESCRIPTION.matcher(line);
            Matcher continuation = CONTINUATION.matcher(line);
            Matcher key = KEY.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
            } else if (description.matches()) {
                comment = new StringBuilder(description.group(1));
            } else if (continuation.matches()) {
                if (!comment.isEmpty()) {
                    comment.append(' ').append(continuation.group(1));
                }
            } else if (key.matches()) {
                int depth = key.group(1).length() / INDENT;
                if (depth > path.size()) {
                    // Inside of a list, which is described as a whole.
                    continue;
                }
                path = new ArrayList<>(path.subList(0, depth));
                path.add(key.group(2));
                if (!comment.isEmpty()) {
                    described.add(new Described(section, List.copyOf(path), comment.toString(), valueAt(path)));
                    comment = new StringBuilder();
                }
            }
        }
    }

    static HelmChartValues read() {
        return new HelmChartValues(LocalFiles.read(HelmChart.FOLDER.resolve("values.yaml")));
    }

    List<Described> described() {
        return List.copyOf(described);
    }

    /** The default of every value; an empty object, and what is described as a whole, is one value. */
    Map<String, JsonNode> leaves() {
        Map<String, JsonNode> leaves = new TreeMap<>();
        collect(List.of(), defaults, leaves);
        return leaves;
    }

    private void collect(List<String> path, JsonNode node, Map<String, JsonNode> leaves) {
        String name = String.join(".", path);
        boolean whole = described.stream().anyMatch(it -> it.path().equals(path));
        if (whole || !node.isObject() || node.isEmpty()) {
            leaves.put(name, node);
            return;
        }
        node.properties().forEach(it -> {
            List<String> child = new ArrayList<>(path);
            child.add(it.getKey());
            collect(child, it.getValue(), leaves);
        });
    }

    private JsonNode valueAt(List<String> path) {
        JsonNode node = defaults;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }
}
