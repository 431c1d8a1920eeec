package dev.tenantops.onboarding.operator.telemetry;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which series an expression selects. All of ours name the job, so a selector is a name before a brace. */
final class PromqlSeries {

    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}");

    private PromqlSeries() {}

    static Set<String> of(String expression) {
        return SELECTOR.matcher(expression).results().map(it -> it.group(1)).collect(Collectors.toSet());
    }

    /** Whether each selector is of the operator's job only. */
    static boolean ofTheOperator(String expression) {
        return SELECTOR.matcher(expression)
                .results()
                .allMatch(it -> it.group(2).startsWith("job=\"tenant-onboarding-operator\""));
    }
}
