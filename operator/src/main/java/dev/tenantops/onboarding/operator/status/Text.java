package dev.tenantops.onboarding.operator.status;

import java.util.regex.Pattern;

/**
 * Text that fits. What is cut is cut the same way each time, is still text that can be written and read (no half of a
 * pair of surrogates), and is not cut again. Lengths are counted in Java's characters, of which the API server counts
 * no more.
 */
final class Text {

    private static final String MORE = "…";

    /** Half of a character, which no JSON holds. */
    private static final Pattern HALF = Pattern.compile("[\\x{D800}-\\x{DFFF}]");

    /** With these a terminal could be told something. */
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private Text() {}

    /** The beginning; null for nothing. */
    static String cut(String text, int limit) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        var clean = clean(text);
        return clean.length() <= limit ? clean : beginning(clean, limit - MORE.length()) + MORE;
    }

    /** The beginning as it stands, to be compared with what it is the beginning of. */
    static String prefix(String text, int limit) {
        var whole = HALF.matcher(text).replaceAll("\uFFFD");
        return whole.length() <= limit ? whole : beginning(whole, limit);
    }

    /** Beginning and end: the next step stands at the end of a message. */
    static String withoutMiddle(String text, int limit) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        var clean = clean(text);
        if (clean.length() <= limit) {
            return clean;
        }
        var half = limit / 2 - 2;
        return beginning(clean, half) + " " + MORE + " " + end(clean, half);
    }

    private static String clean(String text) {
        return CONTROL.matcher(HALF.matcher(text).replaceAll("\uFFFD")).replaceAll(" ");
    }

    private static String beginning(String text, int length) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length);
    }

    private static String end(String text, int length) {
        var start = text.length() - length;
        return text.substring(Character.isLowSurrogate(text.charAt(start)) ? start + 1 : start);
    }
}
