package dev.tenantops.onboarding.sandbox;

import java.time.Duration;
import java.util.Locale;

/**
 * The result of a bench run, for people.
 *
 * @param firstRound from the start of the operator until every onboarding was Ready
 * @param due how many checks per second the interval asks for
 */
record BenchTable(Duration firstRound, double due, BenchMark begin, BenchMark end, PlainLoop.Measured loop) {

    String render() {
        long checks = end.checks() - begin.checks();
        double seconds = (end.nanos() - begin.nanos()) / 1e9;
        double cpu = end.operator().cpu().minus(begin.operator().cpu()).toMillis();
        return line("", "operator", "plain HTTP loop")
                + line(
                        "start until all were verified once",
                        number(firstRound.toMillis() / 1000.0) + " s",
                        number(loop.firstRoundMillis() / 1000.0) + " s")
                + line("checks", Long.toString(checks), Long.toString(checks))
                + line(
                        "checks per second",
                        number(checks / seconds) + " of " + number(due),
                        number(checks * 1000.0 / loop.millis()) + " at most")
                + line(
                        "CPU per check",
                        number(cpu / checks) + " ms",
                        number((double) loop.cpuMillis() / checks) + " ms")
                + line("requests per check", perCheck(end.requests() - begin.requests(), checks), "1.00")
                + line("reads in them per check", perCheck(end.items() - begin.items(), checks), "same")
                + line(
                        "Graph resource units per check",
                        perCheck(end.resourceUnits() - begin.resourceUnits(), checks),
                        "same")
                + line("status writes per check", perCheck(end.statusWrites() - begin.statusWrites(), checks), "0.00")
                + line("API writes of any kind", Long.toString(end.revision() - begin.revision()), "0")
                + line(
                        "resident memory",
                        end.operator().residentKilobytes() / 1024 + " MiB",
                        loop.residentKilobytes() / 1024 + " MiB");
    }

    private static String line(String what, String operator, String loop) {
        return "%-36s %16s %18s%n".formatted(what, operator, loop);
    }

    private static String perCheck(long count, long checks) {
        return String.format(Locale.ROOT, "%.2f", (double) count / checks);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.1f", value);
    }
}
