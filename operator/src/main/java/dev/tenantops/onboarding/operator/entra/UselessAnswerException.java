package dev.tenantops.onboarding.operator.entra;

import java.io.IOException;

/** Somebody answered, and the answer is not what a service of Microsoft's says. */
final class UselessAnswerException extends IOException {

    private static final long serialVersionUID = 1;

    UselessAnswerException(String message) {
        super(message);
    }

    UselessAnswerException(String message, Throwable cause) {
        super(message, cause);
    }
}
