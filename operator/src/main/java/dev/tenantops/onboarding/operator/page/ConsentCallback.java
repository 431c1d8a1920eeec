package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.consent.ConsentState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a browser brought back from a consent page. All of it may be forged.
 *
 * <p>Source: https://learn.microsoft.com/entra/identity-platform/v2-admin-consent. {@code admin_consent=True} comes with
 * errors too, so an error decides first.
 */
sealed interface ConsentCallback {

    /** No answer of a consent page: a link preview, or somebody trying things. */
    record Meaningless() implements ConsentCallback {}

    /** Consent was given, it says, in a tenant. */
    record Reported(ConsentState state, String tenant) implements ConsentCallback {}

    /** Consent was not given, it says. */
    record Refused(ConsentState state, ConsentRefusal refusal) implements ConsentCallback {}

    /** Reads query parameters; a repeated one makes no sense. */
    static ConsentCallback parse(Map<String, List<String>> parameters) {
        if (parameters.values().stream().anyMatch(it -> it.size() != 1)) {
            return new Meaningless();
        }
        var state = value(parameters, "state").flatMap(ConsentState::parse);
        if (state.isEmpty()) {
            return new Meaningless();
        }
        var error = value(parameters, "error");
        if (error.isPresent()) {
            return new Refused(
                    state.get(),
                    ConsentRefusal.of(
                            error.get(),
                            value(parameters, "error_subcode").orElse(""),
                            value(parameters, "error_description").orElse(""),
                            value(parameters, "error_uri").orElse("")));
        }
        var tenant = value(parameters, "tenant");
        var consented = value(parameters, "admin_consent")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
        return consented && tenant.isPresent() ? new Reported(state.get(), tenant.get()) : new Meaningless();
    }

    private static Optional<String> value(Map<String, List<String>> parameters, String name) {
        return Optional.ofNullable(parameters.get(name)).map(List::getFirst).filter(it -> !it.isBlank());
    }
}
