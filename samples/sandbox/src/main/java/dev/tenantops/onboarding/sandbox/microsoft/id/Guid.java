package dev.tenantops.onboarding.sandbox.microsoft.id;

import java.util.Locale;
import java.util.regex.Pattern;

/** The textual form of ids: tenants, applications, objects. */
public final class Guid {

    private static final Pattern FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Guid() {}

    public static boolean is(String text) {
        return text != null && FORM.matcher(text).matches();
    }

    /** The id in lower case, as Entra ID shows it. */
    public static String require(String name, String text) {
        if (!is(text)) {
            throw new IllegalArgumentException(name + " must be a GUID, but is '" + text + "'");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
