package dev.tenantops.onboarding.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenantops.onboarding.sandbox.bench.BenchResult.Comparison;
import dev.tenantops.onboarding.sandbox.bench.BenchResult.Idle;
import dev.tenantops.onboarding.sandbox.bench.BenchResult.Setup;
import dev.tenantops.onboarding.sandbox.bench.Hour.Footprint;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {

    private static final CpuShares CPU = new CpuShares(2, 5, 1, 1.5, 0.25, 0.25);
    private static final Unchanged UNCHANGED = new Unchanged(20_000, 1300, 3000, 1, 13, 13, 0, 0, CPU, 250, 260);
    private static final PlainLoop.Measured LOOP = new PlainLoop.Measured(4, 40_000, 2000, 0.5, 0.4, 13, 200);

    @TempDir
    Path folder;

    @Test
    void theClosingLineHasEveryFigureThatIsComparedBetweenRuns() {
        assertThat(new BenchReport(complete()).line())
                .isEqualTo("bench: onboardings=10000 judged=10000 first_sweep_s=48.2 api_5xx=0 api_connections=7"
                        + " rss_mib=290 cpu_ms=2.00 limit_cpu_ms=0.50 checks_s=1300 limit_checks_s=2000 start_s=0.90"
                        + " start_all_s=2.50 consent_p99_s=0.40 failures=0");
    }

    @Test
    void memoryIsNamedForEachOnboardingMoreThanTheSizeBefore() {
        assertThat(new BenchReport(complete()).markdown())
                .contains("| for each onboarding more than the size before |  | 12.8 KiB |");
    }

    @Test
    void aSweepThatDidNotFinishSaysHowFarItCame() {
        assertThat(new BenchReport(of(List.of(sweep(10_000, 7200)))).text()).contains("not after 48 s: 7,200");
    }

    @Test
    void whatWasNotMeasuredHasNoRow() {
        BenchReport report = new BenchReport(of(List.of(sweep(1000, 1000))));
        assertThat(report.text()).doesNotContain("consent callback").doesNotContain("checks a second");
        assertThat(report.line()).endsWith("rss_mib=280 start_all_s=2.50 failures=0");
    }

    @Test
    void aResultIsReadAsItWasWritten() {
        Path file = folder.resolve("results/bench.json");
        complete().write(file);
        assertThat(BenchResult.read(file)).isEqualTo(complete());
    }

    static BenchResult complete() {
        Footprint begin = new Footprint(285, 290, 40, 20, 700);
        Footprint end = new Footprint(290, 295, 40, 20, 700);
        return new BenchResult(
                new Machine("A processor", 2, 8192, "6.1"),
                setup(),
                List.of(sweep(1000, 1000, 167.5), sweep(10_000, 10_000)),
                new Quantiles(0.9, 1, 1),
                new Idle(120, 121),
                new Comparison(3000, 0, UNCHANGED, LOOP),
                new Comparison(3000, 50, UNCHANGED, LOOP),
                new Quantiles(0.1, 0.4, 0.5),
                new Hour(12, 30, 1.5, UNCHANGED, begin, end),
                List.of());
    }

    static BenchResult of(List<Sweep> sweeps) {
        return new BenchResult(
                new Machine("A processor", 2, 8192, "6.1"),
                setup(),
                sweeps,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of());
    }

    private static Setup setup() {
        return new Setup("1.37.2", "the image", "-XX:+UseSerialGC", 512, "2026-01-01");
    }

    private static Sweep sweep(int onboardings, int judged) {
        return sweep(onboardings, judged, 280);
    }

    static Sweep sweep(int onboardings, int judged, double residentMib) {
        return new Sweep(
                onboardings,
                judged,
                judged,
                48.2,
                2.5,
                12,
                2,
                0,
                1,
                2,
                7,
                new Quantiles(0.2, 0.4, 0.4),
                0,
                1,
                CPU,
                residentMib,
                residentMib,
                4096);
    }
}
