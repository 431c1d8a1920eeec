package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.openid.SignIn;
import dev.tenantops.onboarding.operator.page.vendor.GroupAccess;
import java.util.Optional;

/**
 * How the overview is set up.
 *
 * @param contact whom people ask for access
 */
public record VendorPage(SignIn signIn, GroupAccess access, Optional<Contact> contact) {

    /**
     * Somebody to ask.
     *
     * @param text a mail address, or an https URL
     */
    public record Contact(String text) {

        public Contact {
            if (!text.matches("https://\\S+|[^@\\s/:]+@[^@\\s/:]+")) {
                throw new IllegalArgumentException("'" + text + "' is neither a mail address nor an https URL");
            }
        }

        public String href() {
            return text.startsWith("https://") ? text : "mailto:" + text;
        }
    }
}
