package dev.tenantops.onboarding.operator.observe;

import java.util.Optional;

/**
 * Something that was read to its end, or the reason why it was not.
 *
 * @param <T> what was to be read
 */
public sealed interface Reading<T> {

    /** Read completely, all pages of it. */
    record Complete<T>(T value) implements Reading<T> {}

    /** Not read, or not to the end; whatever was seen of it is withheld, since its absences would mean nothing. */
    record Failed<T>(Failure failure) implements Reading<T> {}

    static <T> Reading<T> of(T value) {
        return new Complete<>(value);
    }

    static <T> Reading<T> failed(Failure failure) {
        return new Failed<>(failure);
    }

    default Optional<T> ifComplete() {
        return this instanceof Complete<T>(T value) ? Optional.of(value) : Optional.empty();
    }

    default Optional<Failure> ifFailed() {
        return this instanceof Failed<T>(Failure failure) ? Optional.of(failure) : Optional.empty();
    }
}
