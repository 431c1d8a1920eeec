package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.view.ConsentOutcome;
import dev.tenantops.onboarding.operator.page.view.Language;
import dev.tenantops.onboarding.operator.page.view.ReturnedConsent;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.util.Locale.LanguageRange;
import java.util.Optional;

/**
 * How somebody asked for a page.
 *
 * @param chosen whether the language was chosen on the page, and not by the browser
 * @param returned from which consent page a browser comes, as it says; anybody can say so, and it decides on words alone
 */
record Asked(Language language, boolean chosen, Optional<ReturnedConsent> returned) {

    private static final int LONGEST_HEADER = 256;
    private static final int LONGEST_NAME = 253;

    static Asked of(UriInfo uri, HttpHeaders headers) {
        var parameters = uri.getQueryParameters();
        var chosen = Optional.ofNullable(parameters.getFirst("lang")).flatMap(Language::of);
        return new Asked(
                chosen.orElseGet(() -> accepted(headers.getHeaderString(HttpHeaders.ACCEPT_LANGUAGE))),
                chosen.isPresent(),
                returned(parameters.getFirst("consent"), parameters.getFirst("outcome")));
    }

    private static Optional<ReturnedConsent> returned(String application, String outcome) {
        return Optional.ofNullable(application)
                .filter(it -> it.length() <= LONGEST_NAME)
                .flatMap(name -> Optional.ofNullable(outcome)
                        .flatMap(ConsentOutcome::of)
                        .map(it -> new ReturnedConsent(name, it)));
    }

    private static Language accepted(String header) {
        if (header == null || header.length() > LONGEST_HEADER) {
            return Language.English;
        }
        try {
            return LanguageRange.parse(header).stream()
                    .flatMap(it -> Language.of(it.getRange().split("-")[0]).stream())
                    .findFirst()
                    .orElse(Language.English);
        } catch (IllegalArgumentException _) {
            return Language.English;
        }
    }
}
