package dev.tenantops.onboarding.sandbox.chaos.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How an API server says that something did not work. */
final class Statuses {

    private Statuses() {}

    /** @param retryAfter seconds, or null */
    static String failure(int code, String reason, String message, Integer retryAfter) {
        ObjectNode status = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "Status")
                .put("apiVersion", "v1")
                .put("status", "Failure")
                .put("message", message)
                .put("reason", reason)
                .put("code", code);
        if (retryAfter != null) {
            status.putObject("details").put("retryAfterSeconds", retryAfter);
        }
        return status.toString();
    }
}
