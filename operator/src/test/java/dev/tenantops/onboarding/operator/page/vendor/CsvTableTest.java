package dev.tenantops.onboarding.operator.page.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTableTest {

    private static final OverviewRow ROW = OverviewFixture.row("False", "ConsentRequired");

    @Test
    void aRowIsALineBelowTheHead() {
        assertThat(CsvTable.of(List.of(ROW), _ -> "Waits").lines())
                .containsExactly(
                        "\uFEFF\"Customer\",\"Tenant\",\"Namespace\",\"Name\",\"Ready\",\"Reason\",\"Meaning\",\"Since\","
                                + "\"Next actor\",\"Granted\",\"Next step\"",
                        "\"Contoso\",\"c0470500-0000-4000-8000-000000000001\",\"customer-a\",\"contoso\",\"False\","
                                + "\"ConsentRequired\",\"Waits\",\"2026-05-01T08:00:00Z\",\"Customer\",\"3 of 5\","
                                + "\"Send the links.\"");
    }

    @Test
    void theLinkOfThePageIsNotAmongIt() {
        assertThat(ROW.page()).isPresent();
        assertThat(CsvTable.of(List.of(ROW), _ -> "")).doesNotContain("/onboarding/token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠1"})
    void noTextBecomesAFormula(String text) {
        assertThat(CsvTable.of(List.of(named(text)), _ -> "")).contains("\"'" + text);
    }

    @Test
    void quotesCommasAndNewLinesStayInTheirCell() {
        assertThat(CsvTable.of(List.of(named("A \"B\", C\r\n\"=1")), _ -> ""))
                .contains("\r\n\"A \"\"B\"\", C\r\n\"\"=1\",");
    }

    private static OverviewRow named(String tenantName) {
        return new OverviewRow(
                "customer-a",
                "contoso",
                "id",
                Optional.of(tenantName),
                Ready.True,
                "Onboarded",
                Optional.empty(),
                NextActor.Nobody,
                "",
                "",
                Optional.empty());
    }
}
