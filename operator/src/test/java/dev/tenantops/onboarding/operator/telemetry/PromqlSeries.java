package dev.tenantops.onboarding.operator.telemetry;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which series an expression selects. All of ours name the job, so a selector is a name before a brace. */
final class PromqlSeries {

    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\{([^}]*)}");

    private static final String AGGREGATION = "\\b(?:sum|min|max|count|avg)\\b";
    private static final Pattern ANY_AGGREGATION = Pattern.compile(AGGREGATION);
    private static final Pattern BY_CLUSTER = Pattern.compile(AGGREGATION + " by \\(cluster[,)]");

    private PromqlSeries() {}

    static Set<String> of(String expression) {
        return SELECTOR.matcher(expression).results().map(it -> it.group(1)).collect(Collectors.toSet());
    }

    /** Whether each selector is of the operator's job only, or of its pods and the page's; kube-state-metrics has its own. */
    static boolean ofTheOperator(String expression) {
        return SELECTOR.matcher(expression)
                .results()
                .filter(it -> !MetricsDocument.ofKubeStateMetrics().contains(it.group(1)))
                .allMatch(it -> it.group(2).startsWith("job=\"tenant-onboarding-operator\"")
                        || it.group(2).startsWith("job=~\"tenant-onboarding-(operator|page)\""));
    }

    /** Whether no aggregation puts clusters together. A match between aggregations names its labels, and then the cluster. */
    static boolean keepTheCluster(String expression) {
        return ANY_AGGREGATION.matcher(expression).results().count()
                        == BY_CLUSTER.matcher(expression).results().count()
                && !expression.matches("(?s).*\\bon \\((?!cluster).*");
    }

    /** Whether none puts clusters together but the last, which makes one number of all that are chosen. */
    static boolean keepTheClusterUntilTheTotal(String expression) {
        return keepTheCluster(expression.replaceFirst("^(?:sum|count)(?: by \\(le\\) )?\\(", "("));
    }
}
