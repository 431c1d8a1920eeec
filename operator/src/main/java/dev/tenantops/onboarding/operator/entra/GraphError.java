package dev.tenantops.onboarding.operator.entra;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.tenantops.onboarding.operator.observe.Failure;
import dev.tenantops.onboarding.operator.observe.Failure.Reason;
import dev.tenantops.onboarding.operator.observe.Remedy;
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
        if (throttled()) {
            return failure(Reason.Throttled, part, "It asks to slow down.", "The next check comes later.");
        }
        return switch (code) {
            case "Authorization_IdentityNotFound", "Authorization_IdentityDisabled" ->
                failure(
                        Reason.VerifierConsentRequired,
                        part,
                        "It does not know the verifier in this tenant, or the verifier is switched off there.",
                        new Remedy.Consent("Consent needs some minutes to spread."));
            case "Authorization_RequestDenied" ->
                failure(
                        Reason.VerifierPermissionsMissing,
                        part,
                        "The verifier lacks the permission to read them.",
                        new Remedy.Consent("The vendor has to register the application permission " + part.permission()
                                + " for the verifier before, where it is not."));
            default -> unavailable(part);
        };
    }

    /**
     * What it means as the answer to a read of its own, an item of a batch or a further page. What is read of grants
     * counts only where the same reading shows their service principal, so that one who does not find it is behind.
     */
    Failure failureOfRead(GraphPart part) {
        var behind = status == 404 && code.equals("Request_ResourceNotFound") && part.ofOneServicePrincipal();
        return behind
                ? failure(
                        Reason.ReplicaBehind,
                        part,
                        "The application is there, and its grants are not on every replica of the directory yet.",
                        "The next check comes soon.")
                : failure(part);
    }

    private Failure unavailable(GraphPart part) {
        if (status == 401) {
            return unavailable(part, "The access token was refused.", "The next check gets a new one.");
        }
        return code.isEmpty()
                ? unavailable(
                        part,
                        "That is no error of its own: a proxy or gateway may have answered.",
                        ConnectionProblem.NEXT)
                : unavailable(part, "That proves nothing about the tenant.", "The next check asks again.");
    }

    private Failure unavailable(GraphPart part, String what, String next) {
        return failure(Reason.GraphUnavailable, part, what, next);
    }

    private Failure failure(Reason reason, GraphPart part, String what, String next) {
        return failure(reason, part, what, new Remedy.Instruction(next));
    }

    private Failure failure(Reason reason, GraphPart part, String what, Remedy remedy) {
        var said = "Microsoft Graph answered HTTP " + status + (code.isEmpty() ? "" : " " + code) + " when asked for "
                + part.title() + ". ";
        return Failure.of(reason, said + what, remedy).withRetryAfter(retryAfter);
    }
}
