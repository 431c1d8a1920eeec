package dev.tenantops.onboarding.sandbox.microsoft.traffic;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraError;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors;
import dev.tenantops.onboarding.sandbox.microsoft.error.EntraErrors.Trace;
import dev.tenantops.onboarding.sandbox.microsoft.error.GraphErrors;
import dev.tenantops.onboarding.sandbox.microsoft.http.Json;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebRequest;
import dev.tenantops.onboarding.sandbox.microsoft.http.WebResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Every request passes here: what is set to go wrong goes wrong, and the answer is counted. */
public final class Traffic {

    /** Who asks: both may be null where the request does not tell. */
    public record Caller(String tenantId, String clientId) {
        public static final Caller UNKNOWN = new Caller(null, null);
    }

    private static final int DROPPED = 0;
    private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);

    private final Faults faults;
    private final InstantSource clock;
    private final RequestLog log;
    private final BiFunction<EntraError, Trace, WebResponse> consentPage;

    /** @param consentPage how an error is shown to an administrator who was about to consent */
    public Traffic(
            Faults faults,
            InstantSource clock,
            RequestLog log,
            BiFunction<EntraError, Trace, WebResponse> consentPage) {
        this.faults = faults;
        this.clock = clock;
        this.log = log;
        this.consentPage = consentPage;
    }

    /** @param path what a fault's path is compared with */
    public WebResponse pass(
            RequestKind kind, Caller caller, String path, WebRequest request, Supplier<WebResponse> answer) {
        Optional<Effect> effect =
                kind == RequestKind.CONTROL ? Optional.empty() : faults.next(kind, caller.tenantId(), path);
        WebResponse response =
                effect.map(what -> apply(what, kind, caller, request, answer)).orElseGet(answer);
        log.record(
                kind,
                caller.tenantId(),
                response.delivery().dropped() || response.delivery().omitted() ? DROPPED : response.status());
        return response;
    }

    private WebResponse apply(
            Effect effect, RequestKind kind, Caller caller, WebRequest request, Supplier<WebResponse> answer) {
        return switch (effect) {
            case Effect.Aadsts aadsts -> entra(EntraErrors.of(aadsts.code()), kind, request);
            case Effect.Status status -> status(status, kind, caller, request);
            case Effect.Html html -> gatewayPage(html.status());
            case Effect.EmptyBody empty -> WebResponse.empty(empty.status());
            case Effect.EmptyObject _ -> WebResponse.json(200, EMPTY_OBJECT);
            case Effect.NoContentType _ -> answer.get().without(WebResponse.CONTENT_TYPE);
            case Effect.Truncated _ -> answer.get().truncated();
            case Effect.Padded padded -> answer.get().padded(padded.bytes());
            case Effect.ForeignNextLink foreign ->
                withNextLink(answer.get(), foreign.origin() + request.path() + "?$skiptoken=continue", false);
            case Effect.EmptyPage _ ->
                withNextLink(
                        answer.get(),
                        request.origin() + request.path() + (request.query() == null ? "" : "?" + request.query()),
                        true);
            case Effect.MissingItem _ -> WebResponse.empty(200).omitted();
            case Effect.Slow slow -> {
                sleep(slow.millis());
                yield answer.get();
            }
            case Effect.Disconnect _ -> WebResponse.empty(200).dropped();
            case Effect.ClaimsChallenge _ -> claimsChallenge(request);
        };
    }

    private WebResponse entra(EntraError error, RequestKind kind, WebRequest request) {
        return kind == RequestKind.CONSENT
                ? consentPage.apply(error, Trace.of(request, clock.instant()))
                : EntraErrors.respond(error, request, clock.instant());
    }

    private WebResponse status(Effect.Status effect, RequestKind kind, Caller caller, WebRequest request) {
        int status = effect.status();
        WebResponse response = switch (kind) {
            case TOKEN, DISCOVERY, CONSENT -> entra(entraError(effect), kind, request);
            default -> {
                WebResponse refusal = GraphErrors.respond(
                        status,
                        effect.code() == null ? graphCode(status) : effect.code(),
                        graphMessage(effect),
                        request);
                yield status == 429 && caller.clientId() != null ? throttled(refusal, caller) : refusal;
            }
        };
        return effect.retryAfterSeconds() == null
                ? response
                : response.with("Retry-After", effect.retryAfterSeconds().toString());
    }

    /** What Graph, and not Entra ID, tells about a limit. */
    private static WebResponse throttled(WebResponse refusal, Caller caller) {
        return refusal.with(
                        "x-ms-throttle-scope",
                        "Tenant_Application/ReadWrite/" + caller.clientId() + "/" + caller.tenantId())
                .with("x-ms-throttle-information", "ResourceUnitLimitExceeded")
                .with("x-ms-throttle-limit-percentage", "1.2");
    }

    private static EntraError entraError(Effect.Status effect) {
        EntraError usual = EntraErrors.of(effect.status() == 429 ? 90055 : effect.status() == 504 ? 90012 : 90033);
        return new EntraError(
                usual.code(), effect.status(), effect.code() == null ? usual.error() : effect.code(), usual.message());
    }

    private static String graphCode(int status) {
        return switch (status) {
            case 401 -> "InvalidAuthenticationToken";
            case 403 -> "Authorization_RequestDenied";
            case 404 -> "Request_ResourceNotFound";
            case 429 -> "TooManyRequests";
            case 503 -> "ServiceUnavailable";
            case 504 -> "GatewayTimeout";
            default -> status < 500 ? "Request_BadRequest" : "InternalServerError";
        };
    }

    private static String graphMessage(Effect.Status effect) {
        return effect.retryAfterSeconds() == null
                ? "The request was not served."
                : "Please try after " + effect.retryAfterSeconds() + " seconds";
    }

    private static WebResponse gatewayPage(int status) {
        return WebResponse.of(
                status,
                "text/html",
                ("<html><head><title>" + status + " Bad Gateway</title></head><body><h1>" + status
                                + " Bad Gateway</h1><p>The gateway got no answer from upstream.</p></body></html>")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private static WebResponse withNextLink(WebResponse response, String nextLink, boolean emptied) {
        if (response.status() != 200 || !response.isJson()) {
            return response;
        }
        try {
            ObjectNode page = (ObjectNode) Json.MAPPER.readTree(response.body());
            page.put("@odata.nextLink", nextLink);
            if (emptied) {
                page.putArray("value");
            }
            return response.withBody(Json.MAPPER.writeValueAsBytes(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static WebResponse claimsChallenge(WebRequest request) {
        String claims = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"0\"}}}";
        return GraphErrors.respond(
                        401,
                        "InvalidAuthenticationToken",
                        "Continuous access evaluation resulted in challenge with result: InteractionRequired.",
                        request)
                .with(
                        "WWW-Authenticate",
                        "Bearer realm=\"\", authorization_uri=\"" + request.origin()
                                + "/common/oauth2/authorize\", error=\"insufficient_claims\", claims=\""
                                + Base64.getEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "\"");
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
