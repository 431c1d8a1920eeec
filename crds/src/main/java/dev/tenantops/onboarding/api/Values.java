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

    /**
     * Without the entries of which something that makes them up could not be read. A list that was made so before is the
     * same list, since thousands of statuses share theirs.
     */
    static <T> List<T> known(List<T> values, Predicate<T> complete) {
        if (values == null) {
            return List.of();
        }
        for (T value : values) {
            if (value == null || !complete.test(value)) {
                return List.copyOf(values.stream()
                        .filter(Objects::nonNull)
                        .filter(complete)
                        .toList());
            }
        }
        return List.copyOf(values);
    }

    /** Whether all of these say something; what is empty is not written. */
    static boolean present(String... required) {
        return Stream.of(required).noneMatch(it -> it == null || it.isEmpty());
    }

    static String text(String value) {
        return value == null ? "" : value;
    }
}
