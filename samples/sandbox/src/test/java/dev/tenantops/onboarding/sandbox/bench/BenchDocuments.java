package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.sandbox.Samples;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** What documents repeat of the committed result of {@code make bench}. */
final class BenchDocuments {

    static final Path RESULT = Samples.repository().resolve("samples/sandbox/bench.json");
    static final Path PAGE = Samples.repository().resolve("docs/benchmark.md");
    static final Path VALUES = Samples.repository().resolve("helm/tenant-onboarding-operator/values.yaml");

    private static final String BEGIN = "<!-- Generated from samples/sandbox/bench.json: make docs -->\n";
    private static final String END = "<!-- End of what is generated -->\n";
    private static final String COMMENT = "# -- What a pod gets. ";
    private static final String COMMENTED = "resources:\n";
    private static final int WIDTH = 118;

    private final BenchResult result;

    BenchDocuments(BenchResult result) {
        this.result = result;
    }

    /** The page with its tables written anew. */
    String page(String page) {
        BenchReport report = new BenchReport(result);
        String failures = result.failures().stream()
                .map(it -> "\nWhat came to no end: " + it + "\n")
                .collect(Collectors.joining());
        return between(
                page, BEGIN, END, BEGIN + "\nOn " + report.where() + ".\n" + report.markdown() + failures + "\n");
    }

    /** The chart's values with the comment on resources written anew. */
    String values(String values) {
        return between(values, COMMENT, COMMENTED, comment(COMMENT + resources()));
    }

    private String resources() {
        Sweep smallest = result.sweeps().getFirst();
        String taken = result.sweeps().stream()
                .map(it -> String.format(
                        Locale.ROOT,
                        "%,d onboardings %.0f MiB",
                        it.onboardings(),
                        MemoryFormula.residentMib(result, it)))
                .collect(Collectors.joining(", "));
        return "Seen in a benchmark (`make bench`): %s. %s"
                .formatted(
                        taken,
                        MemoryFormula.of(result)
                                .map(MemoryFormula::sentence)
                                .orElse("Measure more than %,d before you count on more."
                                        .formatted(smallest.onboardings())));
    }

    private static String comment(String text) {
        StringBuilder lines = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.append(line).append('\n');
                line = new StringBuilder("#");
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        return lines.append(line).append('\n').toString();
    }

    private static String between(String document, String begin, String end, String text) {
        int from = document.indexOf(begin);
        int to = document.indexOf(end, from);
        if (from < 0 || to < 0) {
            throw new IllegalStateException("a document has lost its marks " + begin + " and " + end);
        }
        return document.substring(0, from) + text + document.substring(to);
    }
}
