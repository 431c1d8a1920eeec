package dev.tenantops.onboarding.sandbox.microsoft.error;

import java.util.function.Function;

/** A value, or the reason why there is none. */
public sealed interface Result<T, E> {

    record Success<T, E>(T value) implements Result<T, E> {}

    record Failure<T, E>(E error) implements Result<T, E> {}

    static <T, E> Result<T, E> success(T value) {
        return new Success<>(value);
    }

    static <T, E> Result<T, E> failure(E error) {
        return new Failure<>(error);
    }

    default <R> Result<R, E> then(Function<? super T, Result<R, E>> next) {
        return switch (this) {
            case Success<T, E>(T value) -> next.apply(value);
            case Failure<T, E>(E error) -> failure(error);
        };
    }

    default <R> R fold(Function<? super T, ? extends R> onSuccess, Function<? super E, ? extends R> onFailure) {
        return switch (this) {
            case Success<T, E>(T value) -> onSuccess.apply(value);
            case Failure<T, E>(E error) -> onFailure.apply(error);
        };
    }
}
