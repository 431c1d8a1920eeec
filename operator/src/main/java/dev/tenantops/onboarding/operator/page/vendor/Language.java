package dev.tenantops.onboarding.operator.page.vendor;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The languages of the overview. */
public enum Language {
    en(Locale.ENGLISH),
    de(Locale.GERMAN);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /** The one of a code; empty for one that there is none of. */
    public static Optional<Language> of(String code) {
        return Stream.of(values()).filter(it -> it.name().equals(code)).findFirst();
    }

    /** The first of those that a browser prefers; English for a browser that knows none of them. */
    public static Language preferred(List<Locale> accepted) {
        return accepted.stream()
                .flatMap(it -> of(it.getLanguage()).stream())
                .findFirst()
                .orElse(en);
    }
}
