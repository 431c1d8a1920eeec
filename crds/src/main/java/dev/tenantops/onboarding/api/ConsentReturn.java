package dev.tenantops.onboarding.api;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * What the annotation {@link TenantOnboarding#CONSENT_RETURNED} says, as {@code <application>/<RFC 3339 instant>}.
 *
 * @param application the name of the application whose consent page a browser came back from
 * @param at when it did
 */
public record ConsentReturn(String application, Instant at) {

    /** Empty for anything else: anybody who may annotate an onboarding can have written it. */
    public static Optional<ConsentReturn> parse(String annotation) {
        var separator = annotation.indexOf('/');
        if (separator < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ConsentReturn(
                    annotation.substring(0, separator), Instant.parse(annotation.substring(separator + 1))));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** The annotation's value. */
    @Override
    public String toString() {
        return application + "/" + at;
    }
}
