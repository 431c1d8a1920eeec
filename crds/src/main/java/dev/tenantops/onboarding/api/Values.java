package dev.tenantops.onboarding.api;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

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

    /** Whether all of these say something; what is empty is not written. */
    static boolean present(String... required) {
        return Stream.of(required).noneMatch(it -> it == null || it.isEmpty());
    }

    static String text(String value) {
        return value == null ? "" : value;
    }
}
