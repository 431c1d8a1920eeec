package dev.tenantops.onboarding.operator.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/metrics.md}: its first table is written from {@link Metric}, its second one by hand. */
public final class MetricsDocument {

    static final Path FILE = Path.of("../docs/metrics.md");

    private static final String BEGIN = "<!-- The operator's own metrics, generated: make docs -->\n";
    private static final String END = "<!-- End of what is generated -->\n";
    private static final String KUBE_STATE_METRICS = "## Of kube-state-metrics\n";
    private static final Pattern NAME = Pattern.compile("(?m)^\\| `([a-z_:0-9]+)` \\|");

    private MetricsDocument() {}

    /** The series of libraries that alerts and dashboards may use. */
    public static Set<String> ofLibraries() {
        var text = read();
        return names(text.substring(text.indexOf(END), text.indexOf(KUBE_STATE_METRICS)));
    }

    /** The series that kube-state-metrics may make of onboardings. */
    static Set<String> ofKubeStateMetrics() {
        var text = read();
        return names(text.substring(text.indexOf(KUBE_STATE_METRICS)));
    }

    private static Set<String> names(String tables) {
        return NAME.matcher(tables)
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** All series of the operator that there are, with those that make up a histogram. */
    static Set<String> series() {
        return Stream.concat(Arrays.stream(Metric.values()).flatMap(MetricsDocument::series), ofLibraries().stream())
                .collect(Collectors.toSet());
    }

    static String read() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document with its table written anew. */
    static String written(String document) {
        var begin = document.indexOf(BEGIN);
        var end = document.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(FILE + " has lost the marks around its table");
        }
        return document.substring(0, begin + BEGIN.length()) + table() + document.substring(end);
    }

    private static Stream<String> series(Metric metric) {
        return metric.type() == Metric.Type.Histogram
                ? Stream.of("_bucket", "_count", "_sum", "_max").map(it -> metric.series() + it)
                : Stream.of(metric.series());
    }

    private static String table() {
        var rows = Arrays.stream(Metric.values())
                .map(it ->
                        "| `%s` | %s | %s | %s |\n".formatted(it.series(), it.type(), labels(it.labels()), it.help()))
                .collect(Collectors.joining());
        return "\n| Metric | Type | Labels | Meaning |\n|---|---|---|---|\n" + rows + "\n";
    }

    private static String labels(List<String> labels) {
        return labels.stream().map(it -> "`" + it + "`").collect(Collectors.joining(", "));
    }
}
