package dev.tenantops.onboarding.operator.page;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code state} of a consent URL, {@code <uid>.<application>}.
 *
 * @param uid of the TenantOnboarding
 * @param application its name, a DNS name in form
 */
record ConsentState(String uid, String application) {

    private static final Pattern FORM = Pattern.compile(
            "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.([a-z0-9](?:[-a-z0-9.]{0,315}[a-z0-9])?)");

    static Optional<ConsentState> parse(String state) {
        Matcher matcher = FORM.matcher(state);
        return matcher.matches() ? Optional.of(new ConsentState(matcher.group(1), matcher.group(2))) : Optional.empty();
    }
}
