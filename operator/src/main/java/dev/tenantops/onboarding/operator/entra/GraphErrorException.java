package dev.tenantops.onboarding.operator.entra;

import java.io.IOException;

/** Carries an error of Microsoft Graph through the SDK, which would swallow that of a whole batch. */
final class GraphErrorException extends IOException {

    private static final long serialVersionUID = 1L;

    private final transient GraphError error;

    GraphErrorException(GraphError error) {
        super("HTTP " + error.status());
        this.error = error;
    }

    GraphError error() {
        return error;
    }
}
