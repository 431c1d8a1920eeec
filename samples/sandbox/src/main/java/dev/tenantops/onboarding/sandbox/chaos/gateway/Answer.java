package dev.tenantops.onboarding.sandbox.chaos.gateway;

import java.time.Duration;

/** What becomes of a request to the API server. */
public sealed interface Answer {

    /** It is passed on, and so is what comes back. */
    record Honest() implements Answer {}

    /**
     * It never reaches the API server.
     *
     * @param reason of the Status, such as {@code Conflict}
     * @param retryAfter seconds, or null
     */
    record Refused(int code, String reason, String message, Integer retryAfter) implements Answer {}

    /** It is passed on later. */
    record Late(Duration delay) implements Answer {}

    /** Nothing comes back, until the fault ends; then the connection is closed. */
    record Silent() implements Answer {}

    /** The connection is closed, and the API server hears nothing of it. */
    record Closed() implements Answer {}

    /** The API server does what was asked, and the connection is closed before it can say so. */
    record Unheard() implements Answer {}

    /** Something happens first. */
    record Before(Runnable what) implements Answer {}

    /** Something happens once the API server has answered, and before the replica hears of it. */
    record After(Runnable what) implements Answer {}

    static Answer refused(int code, String reason, String message) {
        return new Refused(code, reason, message, null);
    }
}
