package dev.tenantops.onboarding.sandbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryFormulaTest {

    @Test
    void theLineLeadsThroughTheSmallestAndTheLargestSize() {
        MemoryFormula formula = MemoryFormula.of(BenchReportTest.of(List.of(
                        BenchReportTest.sweep(1000, 1000, 160),
                        BenchReportTest.sweep(3000, 3000, 290),
                        BenchReportTest.sweep(11_000, 11_000, 260))))
                .orElseThrow();
        assertThat(formula).isEqualTo(new MemoryFormula(150, 11));
        assertThat(formula.requestMib(10_000)).isEqualTo(260);
        assertThat(formula.limitMib(10_000)).isEqualTo(420);
    }

    @Test
    void whatCameAfterTheFirstSweepCountsIfItTookMore() {
        BenchResult result = BenchReportTest.complete();
        assertThat(MemoryFormula.residentMib(result, result.largest())).isEqualTo(290);
    }

    @Test
    void ofOneSizeThereIsNoLine() {
        assertThat(MemoryFormula.of(BenchReportTest.of(List.of(BenchReportTest.sweep(1000, 1000, 160)))))
                .isEmpty();
    }
}
