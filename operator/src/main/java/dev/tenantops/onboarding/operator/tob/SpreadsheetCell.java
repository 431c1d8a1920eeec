package dev.tenantops.onboarding.operator.tob;

/**
 * A text as a spreadsheet shows it. What begins like a formula would be run by whoever opens the file, with their rights.
 * Source: https://owasp.org/www-community/attacks/CSV_Injection
 */
final class SpreadsheetCell {

    private static final String BEGINNINGS = "=+-@\t\r\n";

    private SpreadsheetCell() {}

    static String of(String text) {
        if (text == null || text.isEmpty()) {
            return "";
        }
        return BEGINNINGS.indexOf(text.charAt(0)) >= 0 || text.charAt(0) > '\uff00' ? "'" + text : text;
    }
}
