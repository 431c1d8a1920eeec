package dev.tenantops.onboarding.operator.delivery;

import java.time.Duration;
import java.util.Optional;

/**
 * What the API server says to a request.
 *
 * @param <R> the kind that was asked about
 */
sealed interface Reply<R> {

    /** The status is stored, in this version of the object. */
    record Stored<R>(String resourceVersion) implements Reply<R> {}

    /** The object as it is now. */
    record Found<R>(R object) implements Reply<R> {}

    /** The object is another version, or another object, than the one that was judged. */
    record Changed<R>() implements Reply<R> {}

    /** There is no such object. */
    record Absent<R>() implements Reply<R> {}

    /**
     * Nothing was done.
     *
     * @param code of HTTP; 0 when there was no answer
     * @param message what the server says, or why there was no answer
     * @param retryAfter how long it asked to be left alone
     */
    record Refused<R>(int code, String message, Optional<Duration> retryAfter) implements Reply<R> {

        private static final int TOO_MANY_REQUESTS = 429;
        private static final int UNAVAILABLE = 503;
        private static final int GATEWAY_TIMEOUT = 504;

        /** Whether the server cannot serve anybody now, whichever object it is about. */
        boolean overloaded() {
            return code == 0 || code == TOO_MANY_REQUESTS || code == UNAVAILABLE || code == GATEWAY_TIMEOUT;
        }

        @Override
        public String toString() {
            return (code == 0 ? "no answer: " : "HTTP " + code + ": ") + message;
        }
    }
}
