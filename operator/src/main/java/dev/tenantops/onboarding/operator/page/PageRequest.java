package dev.tenantops.onboarding.operator.page;

import dev.tenantops.onboarding.operator.page.view.Language;
import java.time.Instant;
import java.util.Optional;

/**
 * For what a page is rendered.
 *
 * @param path where it stands, without a query, such as {@code /onboarding/<token>}
 * @param language in which it speaks
 * @param chosen whether somebody chose the language, so that what it leads to keeps it
 * @param silentSince since when the API server does not answer, so that the page may be behind; empty while it does
 */
public record PageRequest(String path, Language language, boolean chosen, Optional<Instant> silentSince) {

    /** One of its parts, in the same language. */
    public String to(String part) {
        return path + part + (chosen ? "?lang=" + language.tag() : "");
    }

    /** The same in another language. */
    public String inLanguage(Language other) {
        return path + "?lang=" + other.tag();
    }

    public String time(Instant instant) {
        return language.time(instant);
    }

    public String date(Instant instant) {
        return language.date(instant);
    }
}
