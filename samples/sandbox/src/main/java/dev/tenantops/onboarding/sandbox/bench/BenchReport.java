package dev.tenantops.onboarding.sandbox.bench;

import dev.tenantops.onboarding.sandbox.bench.BenchResult.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What a result says, for people and for machines. */
final class BenchReport {

    private static final String NONE = "";

    private final BenchResult result;

    BenchReport(BenchResult result) {
        this.result = result;
    }

    /** A table with what it is about. */
    record Table(String title, List<String> head, List<List<String>> rows) {}

    List<Table> tables() {
        return Stream.of(sweeps(), shares(), unchanged(), times())
                .filter(it -> !it.rows().isEmpty())
                .toList();
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Table table : tables()) {
            List<List<String>> lines = new ArrayList<>(List.of(table.head()));
            lines.addAll(table.rows());
            text.append('\n').append(table.title()).append('\n');
            for (List<String> line : lines) {
                for (int column = 0; column < line.size(); column++) {
                    int width = width(lines, column);
                    text.append((column == 0 ? "  %-" + width + "s" : "  %" + width + "s").formatted(line.get(column)));
                }
                text.append('\n');
            }
        }
        MemoryFormula.of(result)
                .ifPresent(it -> text.append("\nSo of the chart's resources ")
                        .append(it.sentence())
                        .append('\n'));
        result.failures().forEach(it -> text.append("\nfailed: ").append(it).append('\n'));
        return text.toString().replaceAll("(?m) +$", "");
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        for (Table table : tables()) {
            text.append("\n### ").append(table.title()).append("\n\n");
            text.append(row(table.head()));
            text.append("|---".repeat(table.head().size())).append("|\n");
            table.rows().forEach(it -> text.append(row(it)));
        }
        return text.toString();
    }

    String where() {
        return String.format(
                Locale.ROOT,
                "%s with %d processors and %,d MiB, %s; Kubernetes %s; %s; `%s`; memory limit %d MiB",
                result.machine().processor(),
                result.machine().processors(),
                result.machine().memoryMib(),
                result.setup().day(),
                result.setup().kubernetes(),
                result.setup().program(),
                result.setup().javaOptions(),
                result.setup().memoryLimitMib());
    }

    /** The closing line, of which each word can be compared with another run's. */
    String line() {
        Sweep sweep = result.largest();
        List<String> words = new ArrayList<>(List.of("bench:"));
        words.add("onboardings=" + sweep.onboardings());
        words.add("judged=" + sweep.judged());
        words.add("first_sweep_s=" + plain(sweep.seconds(), 1));
        words.add("api_5xx=" + sweep.serverErrors());
        words.add("api_connections=" + sweep.connections());
        words.add("rss_mib=" + plain(resident(), 0));
        if (result.full() != null) {
            words.add("cpu_ms=" + plain(result.full().operator().cpu().operator(), 2));
            words.add("limit_cpu_ms=" + plain(result.full().loop().cpuMillis(), 2));
            words.add("checks_s=" + plain(result.full().operator().checksPerSecond(), 0));
            words.add("limit_checks_s=" + plain(result.full().loop().checksPerSecond(), 0));
        }
        if (result.start() != null) {
            words.add("start_s=" + plain(result.start().median(), 2));
        }
        words.add("start_all_s=" + plain(sweep.firstSeconds(), 2));
        if (result.consent() != null) {
            words.add("consent_p99_s=" + plain(result.consent().p99(), 2));
        }
        words.add("failures=" + result.failures().size());
        return String.join(" ", words);
    }

    /** The most that it was with the most onboardings, after the first sweep or after an hour. */
    private double resident() {
        return Math.max(
                result.largest().residentMib(),
                result.hour() == null ? 0 : result.hour().end().residentMib());
    }

    private Table sweeps() {
        List<String> head = new ArrayList<>(List.of(NONE));
        result.sweeps().forEach(it -> head.add("%,d".formatted(it.onboardings())));
        head.addAll(List.of("limit", "aim"));
        List<List<String>> rows = new ArrayList<>();
        String loop = decimal(result.largest().loopSeconds(), 1) + " s to read all";
        String idle =
                result.idle() == null ? NONE : decimal(result.idle().residentMib(), 0) + " MiB for an empty operator";
        rows.add(sweep(
                "all have a Ready condition",
                it -> it.finished()
                        ? decimal(it.seconds(), 1) + " s"
                        : "not after %s s: %,d".formatted(decimal(it.seconds(), 0), it.judged()),
                loop,
                "≤ 50 s"));
        rows.add(sweep("a second", it -> decimal(it.judged() / it.seconds(), 0), NONE, NONE));
        rows.add(sweep("the first has it after", it -> decimal(it.firstSeconds(), 2) + " s", NONE, "≤ 3 s"));
        rows.add(sweep("writes answered 5xx", it -> Long.toString(it.serverErrors()), NONE, "0"));
        rows.add(sweep("writes answered 409, other 4xx", it -> it.conflicts() + ", " + it.clientErrors(), NONE, NONE));
        rows.add(
                sweep("connections to the API server, at most", it -> Integer.toString(it.connections()), NONE, "≤ 8"));
        rows.add(sweep(
                "kubectl get, median and worst",
                it -> "%s, %s s%s"
                        .formatted(
                                decimal(it.kubectl().median(), 2),
                                decimal(it.kubectl().worst(), 2),
                                it.kubectlFailures() == 0 ? NONE : ", " + it.kubectlFailures() + " failed"),
                NONE,
                "≤ 1 s"));
        rows.add(sweep("requests to Microsoft for each onboarding", it -> decimal(it.requests(), 2), "3.00", NONE));
        rows.add(sweep("Events for each onboarding", it -> decimal(it.events(), 2), NONE, "≤ 1"));
        rows.add(sweep("resident memory", it -> decimal(it.residentMib(), 0) + " MiB", idle, "≤ 300 MiB"));
        rows.add(sweep("its peak", it -> decimal(it.peakMib(), 0) + " MiB", NONE, NONE));
        rows.add(sweep("for each onboarding more than the size before", this::kibibytesEach, NONE, NONE));
        rows.add(sweep("an onboarding in etcd", it -> decimal(it.storedBytes() / 1024.0, 1) + " KiB", NONE, NONE));
        return new Table("First sweep, by the number of onboardings", head, rows);
    }

    private List<String> sweep(String name, Function<Sweep, String> value, String limit, String aim) {
        List<String> row = new ArrayList<>(List.of(name));
        result.sweeps().forEach(it -> row.add(value.apply(it)));
        row.addAll(List.of(limit, aim));
        return row;
    }

    private String kibibytesEach(Sweep sweep) {
        int index = result.sweeps().indexOf(sweep);
        if (index == 0) {
            return NONE;
        }
        Sweep before = result.sweeps().get(index - 1);
        return decimal(
                        1024
                                * (sweep.residentMib() - before.residentMib())
                                / (sweep.onboardings() - before.onboardings()),
                        1)
                + " KiB";
    }

    private Table shares() {
        List<String> head = new ArrayList<>(List.of(NONE));
        result.sweeps().forEach(it -> head.add("%,d".formatted(it.onboardings())));
        List<List<String>> rows = new ArrayList<>();
        rows.add(share("operator", CpuShares::operator));
        rows.add(share("API server", CpuShares::apiServer));
        rows.add(share("etcd", CpuShares::etcd));
        rows.add(share("simulated cloud", CpuShares::simulator));
        rows.add(share("measuring", CpuShares::harness));
        rows.add(share("others on this machine", CpuShares::others));
        return new Table("Where the processor time of the first sweep went, for each onboarding", head, rows);
    }

    private List<String> share(String name, ToDoubleFunction<CpuShares> part) {
        List<String> row = new ArrayList<>(List.of(name));
        result.sweeps()
                .forEach(it -> row.add("%s ms, %s %%"
                        .formatted(
                                decimal(part.applyAsDouble(it.cpu()), 2),
                                decimal(
                                        100
                                                * part.applyAsDouble(it.cpu())
                                                / it.cpu().all(),
                                        0))));
        return row;
    }

    private Table unchanged() {
        List<Comparison> comparisons =
                Stream.of(result.full(), result.slow()).filter(Objects::nonNull).toList();
        List<String> head = new ArrayList<>(List.of(NONE));
        for (Comparison comparison : comparisons) {
            String late = comparison.delayMillis() == 0 ? NONE : ", %d ms late".formatted(comparison.delayMillis());
            head.add("operator" + late);
            head.add("limit" + late);
        }
        head.add("aim");
        List<List<String>> rows = new ArrayList<>();
        if (!comparisons.isEmpty()) {
            rows.add(comparison(
                    "checks a second",
                    comparisons,
                    it -> "%s (%s %%)"
                            .formatted(decimal(it.operator().checksPerSecond(), 0), decimal(100 * it.part(), 0)),
                    it -> decimal(it.checksPerSecond(), 0),
                    "≥ 1,260, ≥ 65 %; late ≥ 95 %"));
            rows.add(comparison(
                    "CPU for each",
                    comparisons,
                    it -> decimal(it.operator().cpu().operator(), 2) + " ms",
                    it -> decimal(it.cpuMillis(), 2) + " ms",
                    "≤ 0.8 ms, ≤ 1.3 × limit"));
            rows.add(comparison(
                    "of the simulated cloud for each",
                    comparisons,
                    it -> decimal(it.operator().cpu().simulator(), 2) + " ms",
                    it -> decimal(it.simulatorMillis(), 2) + " ms",
                    NONE));
            rows.add(comparison(
                    "requests for each",
                    comparisons,
                    it -> decimal(it.operator().requests(), 2),
                    _ -> "1.00",
                    "1"));
            rows.add(comparison(
                    "reads in them",
                    comparisons,
                    it -> decimal(it.operator().items(), 1),
                    it -> decimal(it.items(), 1),
                    NONE));
            rows.add(comparison(
                    "Graph resource units",
                    comparisons,
                    it -> decimal(it.operator().resourceUnits(), 1),
                    _ -> NONE,
                    NONE));
            rows.add(comparison(
                    "writes to the API server",
                    comparisons,
                    it -> decimal(it.operator().statuses() + it.operator().events(), 3),
                    _ -> "0",
                    "0 besides renewals"));
            rows.add(comparison(
                    "resident memory",
                    comparisons,
                    it -> decimal(it.operator().residentMib(), 0) + " MiB",
                    it -> decimal(it.residentMib(), 0) + " MiB",
                    NONE));
        }
        String title = comparisons.isEmpty()
                ? NONE
                : "Checks that change nothing, as many as can be, of %,d onboardings"
                        .formatted(comparisons.getFirst().onboardings());
        return new Table(title, head, rows);
    }

    private static List<String> comparison(
            String name,
            List<Comparison> comparisons,
            Function<Comparison, String> operator,
            Function<PlainLoop.Measured, String> loop,
            String aim) {
        List<String> row = new ArrayList<>(List.of(name));
        comparisons.forEach(it -> {
            row.add(operator.apply(it));
            row.add(loop.apply(it.loop()));
        });
        row.add(aim);
        return row;
    }

    private Table times() {
        List<List<String>> rows = new ArrayList<>();
        if (result.start() != null) {
            rows.add(List.of(
                    "process start to the first status, one waiting, median",
                    decimal(result.start().median(), 2) + " s",
                    "≤ 1 s"));
        }
        String most = "%,d".formatted(result.largest().onboardings());
        rows.add(List.of(
                "process start to the first status, " + most + " waiting",
                decimal(result.largest().firstSeconds(), 2) + " s",
                "≤ 3 s"));
        if (result.consent() != null) {
            rows.add(List.of(
                    "consent callback to Ready, among " + most + ", median",
                    decimal(result.consent().median(), 2) + " s",
                    NONE));
            rows.add(List.of(
                    "consent callback to Ready, among " + most + ", p99",
                    decimal(result.consent().p99(), 2) + " s",
                    "< 2 s"));
        }
        if (result.hour() != null) {
            hour(result.hour(), rows);
        }
        return new Table("Times, and an hour of 5 minute rounds", List.of(NONE, "operator", "aim"), rows);
    }

    private static void hour(Hour hour, List<List<String>> rows) {
        rows.add(List.of(
                "rounds of the hour, each compressed to",
                "%d of %s s".formatted(hour.rounds(), decimal(hour.intervalSeconds(), 0)),
                "12"));
        rows.add(List.of(
                "checks a second, of those due",
                "%s of %s"
                        .formatted(
                                decimal(hour.checks().checksPerSecond(), 0),
                                decimal(hour.checks().due(), 0)),
                NONE));
        rows.add(List.of("renewals of a status for each time of freshness", decimal(hour.renewals(), 2), "≤ 2"));
        rows.add(List.of(
                "CPU of the API server for each of them",
                decimal(hour.checks().cpu().apiServer() / hour.checks().statuses(), 2) + " ms",
                NONE));
        rows.add(List.of(
                "resident memory, begin and end",
                "%s, %s MiB"
                        .formatted(
                                decimal(hour.begin().residentMib(), 0),
                                decimal(hour.end().residentMib(), 0)),
                "no growth"));
        rows.add(List.of("threads", hour.begin().threads() + ", " + hour.end().threads(), "no growth"));
        rows.add(List.of(
                "connections", hour.begin().connections() + ", " + hour.end().connections(), "no growth"));
        rows.add(List.of(
                "Prometheus series", hour.begin().series() + ", " + hour.end().series(), "no growth"));
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(it -> it.get(column).length()).max().orElse(1);
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static String plain(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static String decimal(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
