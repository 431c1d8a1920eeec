package dev.tenantops.onboarding.operator.consent;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code state} of a consent URL, {@code <uid>.<application>}, by which a browser that returns is recognized.
 *
 * @param uid of the TenantOnboarding
 * @param application its name, a DNS name in form
 */
public record ConsentState(String uid, String application) {

    /** What stands in the place of the application in the link of a verifier. */
    public static final String VERIFIER = "verifier";

    private static final Pattern FORM = Pattern.compile(
            "([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\\.([a-z0-9](?:[-a-z0-9.]{0,315}[a-z0-9])?)");

    /** Empty for what this operator has not written. */
    public static Optional<ConsentState> parse(String state) {
        var matcher = FORM.matcher(state);
        return matcher.matches() ? Optional.of(new ConsentState(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    @Override
    public String toString() {
        return uid + "." + application;
    }
}
