package dev.tenantops.onboarding.operator.desired;

import dev.tenantops.onboarding.api.ApplicationCatalogSpec;
import dev.tenantops.onboarding.api.Permission;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * The end of a permission that stays granted.
 *
 * @param value the permission, of the type and the resource that it is told of
 * @param date the first day on which it does not work, from 00:00 UTC
 * @param note what ends, and what to do instead
 * @param url where that is announced
 */
public record Retirement(String value, LocalDate date, Optional<String> note, Optional<String> url) {

    /** What a catalog says; empty where its date is none. */
    static Optional<Retirement> of(ApplicationCatalogSpec.Retirement retirement) {
        try {
            return Optional.of(new Retirement(
                    retirement.value(),
                    LocalDate.parse(retirement.date()),
                    Optional.ofNullable(retirement.note()).filter(it -> !it.isBlank()),
                    Optional.ofNullable(retirement.url())));
        } catch (DateTimeParseException _) {
            return Optional.empty();
        }
    }

    /** When it begins. */
    public Instant from() {
        return date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    public boolean isOver(Instant now) {
        return !now.isBefore(from());
    }

    /** Says that it is over. */
    public String over(Permission permission) {
        return new Permission(permission.resource(), permission.type(), value) + " is retired since " + date
                + ", granted or not." + more();
    }

    /** The note and the address, as the end of a sentence about it. */
    public String more() {
        return note.map(it -> " " + ended(it)).orElse("")
                + url.map(it -> " See " + it + " .").orElse("");
    }

    private static String ended(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
