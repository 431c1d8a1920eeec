package dev.tenantops.onboarding.operator.page.vendor;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows for a spreadsheet (RFC 4180). The links of the customers' pages are not among them: who has one can open the page, and
 * a table gets passed on.
 */
public final class CsvTable {

    /** Spreadsheets take a text for a formula that begins so, also in the wide forms of East Asian scripts. */
    private static final String BEGINS_A_FORMULA = "=+-@\t\r\n＝＋－＠";

    /** Without it spreadsheets read umlauts as something else. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final List<String> HEAD = List.of(
            "Customer",
            "Tenant",
            "Namespace",
            "Name",
            "Ready",
            "Reason",
            "Meaning",
            "Since",
            "Next actor",
            "Granted",
            "Next step");

    private CsvTable() {}

    /**
     * @param meaning the words for a row's reason
     */
    public static String of(List<OverviewRow> rows, Function<OverviewRow, String> meaning) {
        return Stream.concat(Stream.of(HEAD), rows.stream().map(it -> cells(it, meaning.apply(it))))
                .map(cells -> cells.stream().map(CsvTable::cell).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n", BYTE_ORDER_MARK, "\r\n"));
    }

    private static List<String> cells(OverviewRow row, String meaning) {
        return List.of(
                row.tenantName().orElse(""),
                row.tenantId(),
                row.namespace(),
                row.name(),
                row.ready().name(),
                row.reason(),
                meaning,
                row.since().map(Object::toString).orElse(""),
                row.actor().name(),
                // A spreadsheet takes 3/5 for a day in May.
                row.granted().replace("/", " of "),
                row.nextAction());
    }

    private static String cell(String text) {
        var harmless = !text.isEmpty() && BEGINS_A_FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return "\"" + harmless.replace("\"", "\"\"") + "\"";
    }
}
