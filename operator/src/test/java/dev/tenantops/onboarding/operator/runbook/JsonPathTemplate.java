package dev.tenantops.onboarding.operator.runbook;

import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A template of {@code kubectl -o jsonpath}, held against the schema of what it is applied to. */
final class JsonPathTemplate {

    private static final Pattern ACTION = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z]+)|\\[([^\\]]*)]");
    private static final Pattern FILTERED = Pattern.compile("@((?:\\.[A-Za-z]+)+)");
    private static final String RANGE = "range ";

    private final String template;

    JsonPathTemplate(String template) {
        this.template = template;
    }

    /** The fields that the schema does not have. */
    List<String> unknownFields(JSONSchemaProps schema) {
        var unknown = new ArrayList<String>();
        var ranges = new ArrayDeque<Optional<JSONSchemaProps>>();
        ranges.push(Optional.of(schema));
        ACTION.matcher(template).results().map(it -> it.group(1).strip()).forEach(action -> {
            if (action.equals("end")) {
                ranges.pop();
            } else if (action.startsWith(RANGE)) {
                ranges.push(follow(action.substring(RANGE.length()), ranges.peek(), unknown));
            } else if (action.startsWith(".")) {
                follow(action, ranges.peek(), unknown);
            }
        });
        if (ranges.size() != 1) {
            unknown.add("a range without an end");
        }
        return unknown;
    }

    /** Empty where the schema says nothing about what lies there, as about metadata. */
    private static Optional<JSONSchemaProps> follow(String path, Optional<JSONSchemaProps> from, List<String> unknown) {
        var at = from;
        var steps = STEP.matcher(path.replaceFirst("^\\.items\\[[^\\]]*]", ""))
                .results()
                .toList();
        for (var step : steps) {
            if (at.isEmpty() || step.group(1) != null && step.group(1).equals("metadata")) {
                return Optional.empty();
            }
            var items = at.map(JSONSchemaProps::getItems).map(it -> it.getSchema());
            if (step.group(1) == null) {
                FILTERED.matcher(step.group(2)).results().forEach(it -> follow(it.group(1), items, unknown));
                at = items;
            } else {
                at = at.map(JSONSchemaProps::getProperties).map(it -> it.get(step.group(1)));
            }
            if (at.isEmpty()) {
                unknown.add(step.group() + " of " + path);
                return Optional.empty();
            }
        }
        return at;
    }
}
