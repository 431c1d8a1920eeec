package dev.tenantops.onboarding.sandbox.operator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Configuration of the operator.
 *
 * @param keys as docs/configuration.md names them, without {@code onboarding.} in front
 */
public record OperatorSettings(Map<String, String> keys) {

    private static final Pattern WORD = Pattern.compile("-([a-z])");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /** The only list. */
    private static final String RANGES = "network.allowed-ranges";

    /** Faster than in production, where another replica of the directory may still show the past for minutes. */
    public static final OperatorSettings QUICK = new OperatorSettings(Map.of(
            "verification.interval", "2s",
            "verification.revocation-confirmation", "5s",
            "verification.propagation", "10s",
            "verification.credential-propagation", "5s",
            "verification.stall-after", "5s",
            "network.websocket-hold", "1s",
            "network.confirmation", "1s"));

    public OperatorSettings with(String key, String value) {
        Map<String, String> more = new TreeMap<>(keys);
        more.put(key, value);
        return new OperatorSettings(more);
    }

    public OperatorSettings with(Map<String, String> others) {
        Map<String, String> more = new TreeMap<>(keys);
        more.putAll(others);
        return new OperatorSettings(more);
    }

    /** As environment variables. */
    Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>();
        keys.forEach((key, value) ->
                environment.put("ONBOARDING_" + key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT), value));
        return environment;
    }

    /** As values of the chart. */
    ObjectNode chartValues() {
        ObjectNode values = JsonNodeFactory.instance.objectNode();
        keys.forEach((key, value) -> {
            List<String> path = List.of(WORD.matcher(key)
                    .replaceAll(it -> it.group(1).toUpperCase(Locale.ROOT))
                    .split("\\."));
            ObjectNode parent = values;
            for (String name : path.subList(0, path.size() - 1)) {
                parent = parent.withObject("/" + name);
            }
            if (key.equals(RANGES)) {
                List.of(value.split(",")).forEach(parent.withArray(path.getLast())::add);
            } else if (NUMBER.matcher(value).matches()) {
                parent.put(path.getLast(), Integer.parseInt(value));
            } else if (value.equals("true") || value.equals("false")) {
                parent.put(path.getLast(), Boolean.parseBoolean(value));
            } else {
                parent.put(path.getLast(), value);
            }
        });
        return values;
    }
}
