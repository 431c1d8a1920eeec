package dev.tenantops.onboarding.operator.entra;

import java.util.Locale;
import java.util.regex.Pattern;

/** Ids that are put into URLs: whatever else they hold, they must not hold URL syntax. */
final class Guid {

    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Guid() {}

    static boolean matches(String text) {
        return GUID.matcher(text).matches();
    }

    /** @return the GUID in lower case */
    static String require(String name, String text) {
        if (!matches(text)) {
            throw new IllegalArgumentException(name + " must be a GUID");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
