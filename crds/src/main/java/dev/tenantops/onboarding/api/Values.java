package dev.tenantops.onboarding.api;

import java.util.List;

/** An absent list and an empty one mean the same in this API. */
final class Values {

    private Values() {}

    static <T> List<T> list(List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }
}
