package dev.tenantops.onboarding.operator.page.vendor;

import java.util.regex.Pattern;

/** A name of namespaces, in which {@code *} stands for any characters. */
public record NamespacePattern(String text) {

    private static final Pattern FORM = Pattern.compile("[-a-z0-9*]{1,63}");

    public NamespacePattern {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no name of namespaces: small letters, digits, - and * are");
        }
    }

    /** Compared from both ends of each part, without a regular expression, so that no pattern takes long. */
    boolean matches(String namespace) {
        var parts = text.split("\\*+", -1);
        if (parts.length == 1) {
            return text.equals(namespace);
        }
        var last = parts[parts.length - 1];
        if (!namespace.startsWith(parts[0])
                || !namespace.endsWith(last)
                || namespace.length() < parts[0].length() + last.length()) {
            return false;
        }
        var position = parts[0].length();
        var end = namespace.length() - last.length();
        for (int i = 1; i < parts.length - 1; i++) {
            var found = namespace.indexOf(parts[i], position);
            if (found < 0 || found + parts[i].length() > end) {
                return false;
            }
            position = found + parts[i].length();
        }
        return true;
    }
}
