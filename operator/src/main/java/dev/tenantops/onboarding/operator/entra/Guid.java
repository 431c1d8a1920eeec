package dev.tenantops.onboarding.operator.entra;

import java.util.Locale;

/** Ids that are put into URLs: whatever else they hold, they must not hold URL syntax. */
final class Guid {

    private static final int LENGTH = 36;

    private Guid() {}

    static boolean matches(String text) {
        if (text.length() != LENGTH) {
            return false;
        }
        for (int i = 0; i < LENGTH; i++) {
            var hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            var c = text.charAt(i);
            var hex = c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            if (hyphen ? c != '-' : !hex) {
                return false;
            }
        }
        return true;
    }

    /** @return the GUID in lower case */
    static String require(String name, String text) {
        if (!matches(text)) {
            throw new IllegalArgumentException(name + " must be a GUID");
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
