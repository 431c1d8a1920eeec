package dev.tenantops.onboarding.operator.entra;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An error that Microsoft Graph answered with. Source: https://learn.microsoft.com/graph/errors
 *
 * @param status the HTTP status, of the request or of the item of a batch
 * @param code Graph's own word for it, or empty
 * @param message for developers; shown to nobody
 * @param retryAfter how long Graph asked to be left alone
 */
record GraphError(int status, String code, String message, Optional<Duration> retryAfter) {

    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.]{1,80}");
    private static final String REPLICA_BEHIND =
            "The application is there, and its grants are not on every replica of the directory yet; the next check"
                    + " comes soon.";

    /** @param body the body of the answer, which may be anything */
    static GraphError of(int status, JsonElement body, Optional<Duration> retryAfter) {
        var error = body instanceof JsonObject object && object.get("error") instanceof JsonObject inner
                ? inner
                : new JsonObject();
        var code = StrictJson.text(error, "code");
        return new GraphError(
                status, CODE.matcher(code).matches() ? code : "", StrictJson.text(error, "message"), retryAfter);
    }

    boolean throttled() {
        return status == 429 || code.equals("TooManyRequests") || code.equals("Request_ThrottledTemporarily");
    }

    /** Whether Graph itself is out of order, rather than at odds with this request. */
    boolean broken() {
        return status >= 500 && retryAfter.isEmpty() && !throttled();
    }

    Failure failure(GraphPart part) {
        return new Failure(reason(), message(part), retryAfter);
    }

    /**
     * What it means as the answer to a read of its own, an item of a batch or a further page. What is read of grants
     * counts only where the same reading shows their service principal, so that one who does not find it is behind.
     */
    Failure failureOfRead(GraphPart part) {
        var behind = status == 404 && code.equals("Request_ResourceNotFound") && part.ofOneServicePrincipal();
        return behind ? new Failure(Reason.ReplicaBehind, said(part) + REPLICA_BEHIND, retryAfter) : failure(part);
    }

    private Reason reason() {
        if (throttled()) {
            return Reason.Throttled;
        }
        return switch (code) {
            case "Authorization_IdentityNotFound", "Authorization_IdentityDisabled" -> Reason.VerifierConsentRequired;
            case "Authorization_RequestDenied" -> Reason.VerifierPermissionsMissing;
            default -> Reason.GraphUnavailable;
        };
    }

    private String message(GraphPart part) {
        return said(part)
                + switch (reason()) {
                    case Throttled -> "It asks to slow down; the next check comes later.";
                    case VerifierConsentRequired ->
                        "It does not know the verifier in this tenant, or the verifier is switched off there: a customer"
                                + " administrator has to consent to the verifier, and consent needs some minutes to"
                                + " spread.";
                    case VerifierPermissionsMissing ->
                        "The verifier lacks the permission to read them: register the application permission "
                                + part.permission()
                                + " for the verifier, then a customer administrator has to consent to it again.";
                    default -> unavailable();
                };
    }

    private String said(GraphPart part) {
        return "Microsoft Graph answered HTTP " + status + (code.isEmpty() ? "" : " " + code) + " when asked for "
                + part.title() + ". ";
    }

    private String unavailable() {
        if (status == 401) {
            return "The access token was refused; the next check gets a new one.";
        }
        return code.isEmpty()
                ? "That is no error of its own: a proxy or gateway may have answered. The next check asks again."
                : "That proves nothing about the tenant; the next check asks again.";
    }
}
