package dev.tenantops.onboarding.operator.page.view;

import dev.tenantops.onboarding.api.Permission;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A language that the page speaks. A new one is a value here, a file of its own beside those in {@code messages} and in
 * {@code permissions}, and an entry in {@code quarkus.locales}.
 */
public enum Language {
    English(Locale.ENGLISH, "d MMMM uuuu", "d MMMM uuuu, HH:mm 'UTC'"),
    German(Locale.GERMAN, "d. MMMM uuuu", "d. MMMM uuuu, HH:mm 'Uhr (UTC)'");

    private final Locale locale;
    private final DateTimeFormatter date;
    private final DateTimeFormatter time;

    Language(Locale locale, String date, String time) {
        this.locale = locale;
        this.date = DateTimeFormatter.ofPattern(date, locale).withZone(ZoneOffset.UTC);
        this.time = DateTimeFormatter.ofPattern(time, locale).withZone(ZoneOffset.UTC);
    }

    /** What a permission lets an application do. */
    public String permission(Permission permission) {
        return Words.OF.get(this).of(permission);
    }

    public Locale locale() {
        return locale;
    }

    /** Its code in HTML and in {@code ?lang=}. */
    public String tag() {
        return locale.getLanguage();
    }

    /** What it calls itself. */
    public String ownName() {
        return locale.getDisplayLanguage(locale);
    }

    /** The others, to choose from. */
    public List<Language> others() {
        return Stream.of(values()).filter(it -> it != this).toList();
    }

    public String date(Instant instant) {
        return date.format(instant);
    }

    public String time(Instant instant) {
        return time.format(instant);
    }

    /** The one with a code; empty for one that there are no texts in. */
    public static Optional<Language> of(String tag) {
        return Stream.of(values()).filter(it -> it.tag().equals(tag)).findFirst();
    }

    /** The first that a browser accepts; English where it accepts none. */
    public static Language preferred(List<Locale> accepted) {
        return accepted.stream()
                .flatMap(it -> of(it.getLanguage()).stream())
                .findFirst()
                .orElse(English);
    }

    /** They are read with the first page that is shown, which an operator without pages never does. */
    private static final class Words {
        private static final Map<Language, PermissionWords> OF =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(it -> it, PermissionWords::of));
    }
}
