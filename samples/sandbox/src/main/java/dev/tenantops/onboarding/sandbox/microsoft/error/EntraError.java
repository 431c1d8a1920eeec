package dev.tenantops.onboarding.sandbox.microsoft.error;

/**
 * An error of Entra ID.
 *
 * @param code the number after AADSTS
 * @param error the OAuth 2.0 error code
 * @param message the description without the code and the trace
 */
public record EntraError(int code, int status, String error, String message) {

    private static final int CONDITIONAL_ACCESS = 53003;

    boolean hasClaims() {
        return code == CONDITIONAL_ACCESS;
    }
}
