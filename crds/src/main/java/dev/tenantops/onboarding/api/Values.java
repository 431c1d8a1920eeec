package dev.tenantops.onboarding.api;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** What is absent, or was read as absent, is empty: nobody has to ask for null. */
final class Values {

    private Values() {}

    static <T> List<T> list(List<T> values) {
        return known(values, _ -> true);
    }

    /** Without the entries of which something that makes them up could not be read. */
    static <T> List<T> known(List<T> values, Predicate<T> complete) {
        if (values == null) {
            return List.of();
        }
        return values.stream().filter(Objects::nonNull).filter(complete).toList();
    }

    static String text(String value) {
        return value == null ? "" : value;
    }
}
